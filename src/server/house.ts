/** A whole process: opens what the configuration names, serves or works or both, and closes in order. */
import { MdraftError } from '../core/index.ts'
import { type Auth, createAuth } from '../platform/auth.ts'
import { type BackupManifest, readBackup, writeBackup } from '../platform/backup/backup.ts'
import { openBilling } from '../platform/billing.ts'
import { cachedBlobs } from '../platform/blobs/cached.ts'
import { openBlobs } from '../platform/blobs/open.ts'
import { type CloudTasksSettings, openCloudTasks } from '../platform/cloud-tasks.ts'
import type { Config } from '../platform/config/config.ts'
import type { Counters } from '../platform/counters/counters.ts'
import { memoryCounters } from '../platform/counters/memory.ts'
import { postgresCounters } from '../platform/counters/postgres.ts'
import { redisCounters } from '../platform/counters/redis.ts'
import type { Db } from '../platform/db/db.ts'
import { isBehind, migrate, migrationStatus } from '../platform/db/migrate.ts'
import { openDb } from '../platform/db/open.ts'
import { createLog, type Log } from '../platform/log.ts'
import { createMailer, type Mailer } from '../platform/mail.ts'
import { createMetrics } from '../platform/metrics.ts'
import { openOcr } from '../platform/ocr/open.ts'
import { createPool } from '../platform/pool/pool.ts'
import { openPush } from '../platform/push.ts'
import { type Handler, openQueue } from '../platform/queue.ts'
import { openRedis, type RedisClient } from '../platform/redis.ts'
import { openReports } from '../platform/reports.ts'
import { leaveCard, newToken, takeCard } from '../platform/running.ts'
import { createSealer } from '../platform/seal.ts'
import { secretKey } from '../platform/secrets.ts'
import { createSigner } from '../platform/signing.ts'
import { taskTokens } from '../platform/task-tokens.ts'
import { openTrace } from '../platform/trace.ts'
import { type AppOptions, buildApp } from './app.ts'
import type { App } from './http.ts'
import { watchJobs } from './jobs/watch.ts'
import type { Receipt } from './ops/cleanup.ts'
import { type PushedKind, pushRoutes } from './pushes.ts'
import { createServices, type Platform } from './services.ts'
import { startWorker } from './worker.ts'

export type Roles = { readonly serve: boolean; readonly work: boolean }
export type House = {
  readonly db: Db
  readonly log: Log
  /** Only when it serves. */
  readonly app: App | undefined
  /** Where it listens, after `listen`. */
  listen(): Promise<string>
  cleanup(hour?: number): Promise<Receipt>
  /** Tells a push dispatcher once more of jobs that wait. */
  pushAgain(): Promise<void>
  /** Everything into a new folder. */
  backup(folder: string): Promise<BackupManifest>
  /** Into an empty house; work that was under way begins again. */
  restore(folder: string): Promise<BackupManifest>
  /** Takes nothing new, lets running work end within the grace time, closes everything. */
  close(): Promise<void>
}

/** A balancer asks `/readyz` every few seconds: until it has learned that this process goes, it is served as ever. */
const NOTICE_MS = 5_000

export async function openHouse(
  config: Config,
  roles: Roles,
  options: AppOptions & { log?: Log } = {},
): Promise<House> {
  const log = options.log ?? createLog(config.log)
  const onError = (error: unknown) => log.warn({ err: error }, 'a part of the platform complains')
  // Closed from the last to the first: what is opened before something is used by it to its end.
  const closers: (() => Promise<void> | void)[] = []
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  let draining = false
  const leaving = new AbortController()
  /** Only behind a balancer: nobody waits for it at a terminal. */
  const noticeMs = config.isProduction && roles.serve ? Math.min(NOTICE_MS, config.drainMs / 4) : 0
  const graceMs = config.drainMs - noticeMs
  try {
    // Last of all: what the others do while they close is told too.
    const trace = await openTrace(config.trace)
    closers.push(() => trace.close())
    const reports = await openReports(config.sentry)
    closers.push(() => reports.close())
    const db = await openDb({
      url: config.databaseUrl,
      folder: config.dataDir,
      poolSize: config.databasePoolSize,
      onError,
    })
    closers.push(() => db.close())
    await prepare(db, log)
    const { work } = config
    const queue = await openQueue(db, { ...work, works: roles.work, onError })
    const watch = await watchJobs(db)
    closers.push(() => watch.close())
    const push = config.tasks && (await openPush(db, await openCloudTasks(config.tasks), onError))
    if (push) closers.push(() => push.close())
    const mailer = createMailer(config.mail, log)
    closers.push(() => mailer.close())
    const redis = config.redisUrl ? openRedis(config.redisUrl, onError) : undefined
    if (redis) closers.push(() => redis.close())
    const counters = openCounters(db, redis?.client)
    closers.push(() => counters.close())
    const stored = await openBlobs(config)
    const secret = await secretKey(config)
    const desk = createPool({ size: 1, ocr: 'none', limits: { fileBytes: config.limits.uploadBytes } })
    closers.push(() => desk.close())
    const baseUrl = config.publicUrl ?? `http://${config.host}:${config.port}`
    const platform: Platform = {
      db,
      queue,
      watch,
      push,
      blobs: redis ? cachedBlobs(stored, redis.client) : stored,
      signer: createSigner(secret),
      sealer: createSealer(secret),
      auth: openAuth(config, db, secret, mailer, baseUrl),
      mailer,
      shop: await openBilling(config.stripe),
      baseUrl,
      counters,
      desk,
      log,
      metrics: createMetrics(),
      trace,
      reports,
      isDraining: () => draining,
    }
    const services = createServices(config, platform)
    // A process that also serves is brought its work; one that only works looks for it, whoever else brings some.
    const pushed = config.tasks && roles.serve && roles.work ? new Map<PushedKind, Handler>() : undefined
    if (roles.work) {
      const pool = createPool({
        size: work.concurrency,
        limits: { fileBytes: config.limits.uploadBytes },
        ocr: await openOcr(config.ocr),
      })
      closers.push(() => pool.close())
      await startWorker(config, platform, services, pool, pushed)
      pool.warm()
    }
    closers.push(() => queue.stop(graceMs))
    const localToken = newToken()
    const placeOf = (tasks: CloudTasksSettings, handlers: ReadonlyMap<PushedKind, Handler>) => ({
      queue,
      jobs: services.stores.jobs,
      handlers,
      concurrency: work.concurrency,
      isSender: taskTokens({
        audience: tasks.target,
        email: tasks.serviceAccount,
        keysUrl: tasks.keysUrl,
      }),
    })
    const more = {
      localToken,
      isDraining: () => draining,
      leaving: leaving.signal,
      ...(pushed && config.tasks ? { pushes: pushRoutes(placeOf(config.tasks, pushed)) } : {}),
    }
    const app = roles.serve ? await buildApp(config, services, { ...options, ...more }) : undefined
    if (app) closers.push(() => closeApp(app, graceMs))
    closers.push(() => leaving.abort())
    if (pushed) closers.push(() => queue.endTaken(graceMs))
    return {
      db,
      log,
      app,
      listen: async () => {
        const address = await app!.listen({ host: config.host, port: config.port })
        if (db.engine === 'pglite') {
          await leaveCard(config.dataDir, {
            url: address.replace('//0.0.0.0', '//127.0.0.1'),
            token: localToken,
          })
          closers.unshift(() => takeCard(config.dataDir))
        }
        return address
      },
      cleanup: services.cleanup.run,
      pushAgain: services.jobs.pushAgain,
      backup: (folder) => writeBackup(platform, folder),
      restore: (folder) => readBackup(platform, folder, services.jobs.beginAgain),
      close: async () => {
        draining = true
        if (noticeMs > 0) await new Promise((resolve) => setTimeout(resolve, noticeMs))
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Answers what is under way; whoever takes longer than the grace time is cut off. */
async function closeApp(app: App, graceMs: number): Promise<void> {
  const late = setTimeout(() => app.server.closeAllConnections(), graceMs)
  await app.close()
  clearTimeout(late)
}

/** Counts are shared by all processes: by Redis when there is one, else by the database they share. */
function openCounters(db: Db, redis: RedisClient | undefined): Counters {
  if (redis) return redisCounters(redis)
  return db.engine === 'postgres' ? postgresCounters(db) : memoryCounters()
}

function openAuth(config: Config, db: Db, secret: string, mailer: Mailer, baseUrl: string): Auth {
  return createAuth({
    db: db.query,
    secret,
    baseUrl,
    isSecure: config.isProduction,
    mustVerify: config.mail.smtpUrl !== undefined,
    google: config.google,
    oidc: config.oidc,
    sendVerification: ({ to, token }) =>
      mailer.send({
        to,
        subject: 'Your address at mdraft',
        text: `Follow this link to prove that the address is yours:\n\n${baseUrl}/verify?token=${encodeURIComponent(token)}\n\nIt works for a day. If you did not make an account, do nothing.\n`,
      }),
    sendReset: ({ to, token }) =>
      mailer.send({
        to,
        subject: 'A new password for mdraft',
        text: `Follow this link to set a new password:\n\n${baseUrl}/reset?token=${encodeURIComponent(token)}\n\nIt works for an hour. If you did not ask for it, do nothing.\n`,
      }),
  })
}

/** The embedded database is this process's own and is brought up to date; a shared one is migrated by `mdraft migrate` alone. */
async function prepare(db: Db, log: Log): Promise<void> {
  if (db.engine === 'pglite') {
    await migrate(db, { onApplied: (name) => log.info({ migration: name }, 'migrated') })
    return
  }
  const status = await migrationStatus(db)
  if (isBehind(status) || status.problems.length > 0)
    throw new MdraftError('conflict', 'The database is not what this version needs.', {
      fix: 'Run: mdraft migrate',
      cause: [...status.pending, ...status.problems].join('; '),
    })
}
