/** Google Cloud Tasks (REST v2): one task for each job, which Google sends to a worker's address until it is done. */
import { MdraftError } from '../core/index.ts'
import { postPublic } from './fetch.ts'
import { googleTokens } from './google-identity.ts'
import { mayPassByStatus, tryAgain } from './try-again.ts'

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
  readonly keyFile?: string | undefined
  readonly timeoutMs?: number
  readonly firstWaitMs?: number
}
export type CloudTasks = { create(body: object): Promise<void> }

export const WORKER_PATH = '/api/worker/run'
/** The longest that Cloud Tasks waits for an answer. */
const DEADLINE = '1800s'

class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`Cloud Tasks answers with status ${status}.`)
    this.status = status
  }
}

export function cloudTasks(settings: CloudTasksSettings): CloudTasks {
  const { queue, target, serviceAccount, endpoint, keyFile, timeoutMs = 10_000 } = settings
  const token = endpoint ? undefined : googleTokens(keyFile)
  const address = `${endpoint ?? 'https://cloudtasks.googleapis.com'}/v2/${queue}/tasks`
  const send = async (message: string): Promise<void> => {
    const headers = {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${await token()}` } : {}),
    }
    const options = { millis: timeoutMs, ...(endpoint ? { isAllowed: () => true } : {}) }
    const { status } = await postPublic(address, { body: message, headers }, options)
    if (status < 200 || status > 299) throw new Refused(status)
  }
  return {
    /** A task that was made twice is harmless, so what may pass is tried again. @throws MdraftError `unavailable` */
    create: async (body) => {
      const httpRequest = {
        url: target + WORKER_PATH,
        httpMethod: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: Buffer.from(JSON.stringify(body)).toString('base64'),
        oidcToken: { serviceAccountEmail: serviceAccount, audience: target },
      }
      const message = JSON.stringify({ task: { httpRequest, dispatchDeadline: DEADLINE } })
      try {
        await tryAgain(() => send(message), {
          mayPass: (error) => mayPassByStatus(error instanceof Refused ? error.status : undefined),
          firstWaitMs: settings.firstWaitMs ?? 200,
        })
      } catch (cause) {
        throw new MdraftError('unavailable', 'Cloud Tasks takes no task.', {
          fix: 'Check CLOUD_TASKS_QUEUE and what its service account may do.',
          cause,
        })
      }
    },
  }
}
