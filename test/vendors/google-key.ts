/** A service account that exists nowhere, with a key made for this run. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function googleKeyFile(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const path = join(mkdtempSync(join(tmpdir(), 'mdraft-key-')), 'key.json')
  const account = {
    type: 'service_account',
    project_id: 'test-project',
    private_key_id: 'test',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: 'test@test-project.iam.gserviceaccount.com',
  }
  writeFileSync(path, JSON.stringify(account), { mode: 0o600 })
  return path
}
