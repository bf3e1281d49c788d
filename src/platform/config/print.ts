/** The configuration as text: as it counts here, and as an example of every variable. */
import { isReference, withSecrets } from '../secret-manager.ts'
import { type Env, environment, readConfig } from './config.ts'
import { type Rate, unitMs } from './kinds.ts'
import { type About, type Settings, settings } from './settings.ts'

/** Every row as it counts in this environment: a line each, secrets masked, and where the value comes from. */
export async function printConfig(env: Env = environment()): Promise<string> {
  readConfig(await withSecrets(env))
  const { data = {} } = settings.safeParse({})
  const lines = Object.entries(settings.shape).map(([name, schema]) => {
    const { secret } = schema.meta() as About
    const given = env[name] || undefined
    const source = given === undefined ? 'default' : isReference(given) ? 'Secret Manager' : 'environment'
    const value = given ?? printDefault(data[name as keyof typeof data])
    // A reference is no secret; what it names is.
    const shown = secret && source === 'environment' ? '********' : value
    return `${`${name}=${shown}`.padEnd(48)} # ${source}`
  })
  return `${lines.join('\n')}\n`
}

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = [
    '# Every variable mdraft reads, with its default. Written from src/platform/config/settings.ts: node scripts/env-example.ts',
  ]
  let group = ''
  for (const [name, schema] of Object.entries(settings.shape)) {
    const about = schema.meta() as (About & { description: string }) | undefined
    if (about && about.group !== group) {
      group = about.group
      lines.push('', `## ${group}`)
    }
    const initial = settings.safeParse({}).data?.[name as keyof Settings]
    lines.push(`# ${about?.description}`, `#${name}=${about?.example ?? printDefault(initial)}`)
  }
  return `${lines.join('\n')}\n`
}

function printDefault(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'windowMs' in value) {
    const { max, windowMs } = value as Rate
    const unit = Object.keys(unitMs).find((name) => unitMs[name] === windowMs)
    return `${max} per ${unit}`
  }
  return value === undefined ? '' : String(value)
}
