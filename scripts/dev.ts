/** API with workers, and the web app with hot reload, in one terminal. Ctrl-C ends both. */
import { spawn } from 'node:child_process'
import { createConnection } from 'node:net'
import { join, resolve } from 'node:path'
import { createServer } from 'vite'

const root = resolve(import.meta.dirname, '..')
const port = Number(process.env.PORT ?? 8080)

const api = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', join(root, 'src/cli/main.ts'), 'serve'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PORT: String(port) },
  },
)
const end = () => api.kill('SIGTERM')
process.on('SIGINT', end)
process.on('SIGTERM', end)
api.on('exit', (code) => process.exit(code ?? 0))

/** The page asks at once: it should find somebody. */
async function isListening(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
for (let tries = 0; tries < 150 && !(await isListening()); tries++)
  await new Promise((resolve) => setTimeout(resolve, 200))

process.env.MDRAFT_API = `http://127.0.0.1:${port}`
const web = await createServer({ configFile: join(root, 'vite.config.ts') })
await web.listen()
web.printUrls()
