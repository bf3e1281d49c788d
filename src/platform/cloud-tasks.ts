/** Google Cloud Tasks: one task for each job, which Google sends to a worker's address until it is done. */
import { MdraftError } from '../core/index.ts'
import { askGoogle, clientOptions } from './google.ts'
import { lend } from './lend.ts'

export type CloudTasksSettings = {
  /** projects/P/locations/L/queues/Q */
  readonly queue: string
  /** Where workers are reached. */
  readonly target: string
  /** Speaks for the tasks. */
  readonly serviceAccount: string
  /** Another address than Google's, which is asked without credentials. */
  readonly endpoint?: string | undefined
  readonly keysUrl?: string | undefined
  readonly timeoutMs?: number
}
export type CloudTasks = { create(body: object): Promise<void>; close(): Promise<void> }

export const WORKER_PATH = '/api/worker/run'
/** The longest that Cloud Tasks waits for an answer. */
const DEADLINE_SECONDS = 1_800

export async function openCloudTasks(settings: CloudTasksSettings): Promise<CloudTasks> {
  const { queue, target, serviceAccount, endpoint, timeoutMs = 10_000 } = settings
  const { CloudTasksClient } = await lend('@google-cloud/tasks', () => import('@google-cloud/tasks'))
  const client = new CloudTasksClient(clientOptions(endpoint))
  return {
    /** A task that was made twice is harmless, so what may pass is tried again. @throws MdraftError `unavailable` */
    create: async (body) => {
      const httpRequest = {
        url: target + WORKER_PATH,
        httpMethod: 'POST' as const,
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)),
        oidcToken: { serviceAccountEmail: serviceAccount, audience: target },
      }
      const task = { httpRequest, dispatchDeadline: { seconds: DEADLINE_SECONDS } }
      try {
        await askGoogle((options) => client.createTask({ parent: queue, task }, options), { timeoutMs })
      } catch (cause) {
        throw new MdraftError('unavailable', 'Cloud Tasks takes no task.', {
          fix: 'Check CLOUD_TASKS_QUEUE and what the identity of this process may do.',
          cause,
        })
      }
    },
    close: () => client.close(),
  }
}
