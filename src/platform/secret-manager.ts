/** `sm://project/name[/version]` in a value of the environment: the secret itself is fetched from Google Secret Manager at the start. */
import { MdraftError } from '../core/index.ts'
import { askGoogle, clientOptions, isNotFound, isRefused } from './google.ts'
import { lend } from './lend.ts'

type Env = Readonly<Record<string, string | undefined>>

const SCHEME = 'sm://'
const REFERENCE = /^sm:\/\/([a-z0-9][a-z0-9-]{0,62})\/([\w-]{1,255})(?:\/([\w-]{1,63}))?$/i

export const isReference = (value: string | undefined): boolean => value?.startsWith(SCHEME) ?? false

/** The same environment with secrets in the place of references. A start without one of them is no start. */
export async function withSecrets(env: Env, { timeoutMs = 10_000, tries = 5 } = {}): Promise<Env> {
  const references = Object.entries(env).filter(([, value]) => isReference(value))
  if (references.length === 0) return env
  const { SecretManagerServiceClient } = await lend(
    '@google-cloud/secret-manager',
    () => import('@google-cloud/secret-manager'),
  )
  const client = new SecretManagerServiceClient(clientOptions(env.SECRET_MANAGER_ENDPOINT || undefined))
  const access = async (path: string): Promise<string> => {
    const [version] = await askGoogle((options) => client.accessSecretVersion({ name: path }, options), {
      timeoutMs,
      tries,
    })
    // A line end at the end of a secret is the editor's, not the secret's.
    return Buffer.from(version.payload?.data ?? '')
      .toString('utf8')
      .replace(/\r?\n$/, '')
  }
  const asked = new Map<string, Promise<string>>()
  const read = async ([name, reference]: [string, string | undefined]): Promise<[string, string]> => {
    const path = pathOf(name, reference ?? '')
    const answer = asked.get(path) ?? access(path)
    asked.set(path, answer)
    const value = await answer.catch((error) => {
      throw explain(name, reference ?? '', error)
    })
    return [name, value]
  }
  try {
    return { ...env, ...Object.fromEntries(await Promise.all(references.map(read))) }
  } finally {
    await client.close().catch(() => {})
  }
}

function pathOf(name: string, reference: string): string {
  const [, project, secret, version = 'latest'] = REFERENCE.exec(reference) ?? []
  if (project && secret) return `projects/${project}/secrets/${secret}/versions/${version}`
  throw new MdraftError('bad_option', `${name} is not a reference to a secret.`, {
    fix: 'Write it as sm://project/name or sm://project/name/version.',
  })
}

function explain(name: string, reference: string, cause: unknown): MdraftError {
  if (isNotFound(cause))
    return new MdraftError('bad_option', `${name}: there is no secret ${reference}.`, {
      fix: 'Check the project, the name and the version.',
      cause,
    })
  if (isRefused(cause))
    return new MdraftError('bad_option', `${name}: the secret ${reference} may not be read.`, {
      fix: 'Grant roles/secretmanager.secretAccessor to the identity of this process.',
      cause,
    })
  return new MdraftError('unavailable', `${name}: Secret Manager does not answer.`, {
    fix: 'Check the network and GOOGLE_APPLICATION_CREDENTIALS, then start again.',
    cause,
  })
}
