/** Wiring: services in, an HTTP server out. */
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Config } from '../platform/config/config.ts'
import { version } from '../platform/version.ts'
import { identify, refuse } from './accounts/identify.ts'
import { accountRoutes } from './accounts/routes.ts'
import { signInRoutes } from './accounts/sign-in-routes.ts'
import { adminRoutes } from './admin/routes.ts'
import { agentRoutes } from './agents/routes.ts'
import { analysisRoutes } from './analyses/routes.ts'
import { checkedAnswers, plainAnswers } from './answers.ts'
import { belongingRoutes } from './belongings/routes.ts'
import { boundBodies } from './bodies.ts'
import { describeApi } from './docs.ts'
import { documentRoutes } from './documents/routes.ts'
import type { App } from './http.ts'
import { jobRoutes } from './jobs/routes.ts'
import { mcpRoutes } from './mcp/routes.ts'
import { followCallers, followRequests, observe } from './observe.ts'
import { opsRoutes } from './ops/routes.ts'
import { planRoutes } from './plans/routes.ts'
import { answerProblem } from './problems.ts'
import { matrixRoutes } from './proposals/matrix-routes.ts'
import { proposalRoutes } from './proposals/routes.ts'
import { limitRates } from './rates.ts'
import { answerRepeats } from './repeats.ts'
import { allowOrigins, checkOrigin, requestId, setHeaders } from './security.ts'
import type { Services } from './services.ts'
import { serveSite } from './site.ts'
import { tagAnswers } from './tags.ts'
import { teamRoutes } from './teams/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

export type AppOptions = {
  /** Operators of this machine show it; made anew with each start. */
  readonly localToken?: string
  /** Where a push dispatcher brings work; absent: nowhere. */
  readonly pushes?: (app: App) => Promise<void>
  /** Whether this process is about to stop; what it answers then closes its connection. */
  readonly isDraining?: () => boolean
  /** Aborted when it stops: streams end, and their readers ask again elsewhere. */
  readonly leaving?: AbortSignal
  /** Where the built web app is; absent: beside this program. */
  readonly site?: string
}

/** An upload on a slow line may take its time; a silent connection may not. */
const REQUEST_MS = 15 * 60_000
const KEEP_ALIVE_MS = 72_000

export async function buildApp(config: Config, services: Services, options: AppOptions = {}): Promise<App> {
  const { log, metrics, trace, reports, counters, query, ...nouns } = services
  const app: App = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: requestId,
    trustProxy: (_address: string, hop: number) => hop < config.trustProxy,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // What comes on an open connection while it closes is answered like everything else.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    bodyLimit: 1024 * 1024,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(config.isTest ? checkedAnswers : plainAnswers)
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply))

  const origins = [...config.corsOrigins, ...(config.publicUrl ? [config.publicUrl] : [])]
  followRequests(app, trace)
  await setHeaders(app, config)
  boundBodies(app)
  app.addHook('onSend', async (_request, reply) => {
    if (options.isDraining?.()) reply.header('connection', 'close')
  })
  if (origins.length > 0) await allowOrigins(app, origins)
  app.addHook('onRequest', async (request) => checkOrigin(request, origins))
  observe(app, metrics, reports)
  const shared = { ...nouns, metrics, ...config }
  await identify(app, shared)
  followCallers(app)
  limitRates(app, config.limits.globalRate, counters)
  refuse(app)
  answerRepeats(app, query)
  tagAnswers(app)
  await describeApi(app, version())

  const { isProduction, opsToken, limits } = config
  await app.register(signInRoutes(shared))
  await app.register(accountRoutes(shared))
  await app.register(teamRoutes(nouns))
  await app.register(planRoutes(nouns))
  await app.register(webhookRoutes(nouns))
  await app.register(jobRoutes({ ...nouns, leaving: options.leaving }))
  await app.register(documentRoutes({ ...nouns, metrics, limits, storage: config.storage }))
  await app.register(proposalRoutes(nouns))
  await app.register(matrixRoutes({ ...nouns, limits }))
  await app.register(analysisRoutes({ ...nouns, limits }))
  await app.register(agentRoutes({ ...nouns, limits }))
  await app.register(belongingRoutes(nouns))
  await app.register(mcpRoutes(nouns))
  await app.register(adminRoutes(nouns))
  const tokens = [opsToken, options.localToken].filter((token) => token !== undefined)
  await app.register(opsRoutes({ ...nouns, tokens, isOpen: !opsToken && !isProduction }))
  if (options.pushes) await app.register(options.pushes)
  await serveSite(app, options.site)
  return app
}
