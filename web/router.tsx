import { createRootRoute, createRoute, createRouter, Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { z } from 'zod'
import { HomePage } from './pages/home.tsx'
import { Announcer } from './parts/shell/announce.tsx'
import { DropAnywhere } from './parts/shell/drop.tsx'
import { Header } from './parts/shell/header.tsx'
import { Help } from './parts/shell/help.tsx'
import { Problem } from './parts/shell/problem.tsx'
import { adminTabs, analysisViews, proposalTabs, resultViews } from './parts/views.ts'

const root = createRootRoute({
  component: () => (
    <DropAnywhere>
      <a
        href="#main"
        className="sr-only z-50 bg-surface focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <div className="flex h-full flex-col">
        <Header />
        <main id="main" className="flex min-h-0 flex-1 flex-col overflow-auto">
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Help />
      <Announcer />
    </DropAnywhere>
  ),
  notFoundComponent: () => (
    <div className="m-auto p-8 text-center">
      <h1 className="font-semibold font-serif text-2xl">There is no such page</h1>
      <p className="my-3 text-ink-2">The address may be mistyped, or the document was deleted.</p>
      <Link to="/" className="btn">
        All documents
      </Link>
    </div>
  ),
  errorComponent: ({ error, reset }) => (
    <div className="m-auto p-8">
      <Problem error={error}>
        <button type="button" className="btn" onClick={reset}>
          Try again
        </button>
      </Problem>
    </div>
  ),
})

/** Markdown, tables and pages are most of the code: the start page does without. */
const DocumentPage = lazy(() =>
  import('./pages/document.tsx').then((page) => ({ default: page.DocumentPage })),
)

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })

const documentSearch = z.object({
  view: z
    .enum([...resultViews, ...analysisViews])
    .optional()
    .catch(undefined),
  /** Another analysis of it than the newest. */
  analysis: z.uuid().optional().catch(undefined),
})
const document = createRoute({
  getParentRoute: () => root,
  path: '/documents/$id',
  validateSearch: documentSearch,
  component: function DocumentRoute() {
    const { id } = document.useParams()
    const { view, analysis } = document.useSearch()
    const navigate = document.useNavigate()
    return (
      <DocumentPage
        key={id}
        id={id}
        view={view ?? null}
        analysisId={analysis ?? null}
        onView={(next) => navigate({ search: (now) => ({ ...now, view: next }), replace: true })}
      />
    )
  },
})

const AnalysesPage = lazy(() =>
  import('./pages/analyses.tsx').then((page) => ({ default: page.AnalysesPage })),
)
const AnalysisPage = lazy(() =>
  import('./pages/analysis.tsx').then((page) => ({ default: page.AnalysisPage })),
)
const analyses = createRoute({ getParentRoute: () => root, path: '/analyses', component: AnalysesPage })
const analysis = createRoute({
  getParentRoute: () => root,
  path: '/analyses/$id',
  validateSearch: z.object({ view: z.enum(analysisViews).optional().catch(undefined) }),
  component: function AnalysisRoute() {
    const { id } = analysis.useParams()
    const navigate = analysis.useNavigate()
    return (
      <AnalysisPage
        key={id}
        id={id}
        view={analysis.useSearch().view ?? 'requirements'}
        onView={(view) => navigate({ search: { view }, replace: true })}
      />
    )
  },
})

const ProposalsPage = lazy(() =>
  import('./pages/proposals.tsx').then((page) => ({ default: page.ProposalsPage })),
)
const ProposalPage = lazy(() =>
  import('./pages/proposal/index.tsx').then((page) => ({ default: page.ProposalPage })),
)
const SharedPage = lazy(() => import('./pages/shared.tsx').then((page) => ({ default: page.SharedPage })))

const proposals = createRoute({ getParentRoute: () => root, path: '/proposals', component: ProposalsPage })
const proposalSearch = z.object({ tab: z.enum(proposalTabs).optional().catch(undefined) })
const proposal = createRoute({
  getParentRoute: () => root,
  path: '/proposals/$id',
  validateSearch: proposalSearch,
  component: function ProposalRoute() {
    const { id } = proposal.useParams()
    const navigate = proposal.useNavigate()
    return (
      <ProposalPage
        key={id}
        id={id}
        tab={proposal.useSearch().tab ?? null}
        onTab={(tab) => navigate({ search: { tab }, replace: true })}
      />
    )
  },
})
const shared = createRoute({
  getParentRoute: () => root,
  path: '/s/$token',
  component: function SharedRoute() {
    return <SharedPage token={shared.useParams().token} />
  },
})

/** Pages of teams, each from the one bundle. */
const teamPages = () => import('./pages/teams/index.ts')
const TeamsPage = lazy(() => teamPages().then((pages) => ({ default: pages.TeamsPage })))
const TeamPage = lazy(() => teamPages().then((pages) => ({ default: pages.TeamPage })))
const JoinPage = lazy(() => teamPages().then((pages) => ({ default: pages.JoinPage })))

const teams = createRoute({ getParentRoute: () => root, path: '/teams', component: TeamsPage })
const team = createRoute({
  getParentRoute: () => root,
  path: '/teams/$id',
  component: function TeamRoute() {
    return <TeamPage id={team.useParams().id} />
  },
})

/** Pages of the account, each from the one bundle. */
const account = () => import('./pages/account/index.ts')
const SignInPage = lazy(() => account().then((pages) => ({ default: pages.SignInPage })))
const SignUpPage = lazy(() => account().then((pages) => ({ default: pages.SignUpPage })))
const ForgotPage = lazy(() => account().then((pages) => ({ default: pages.ForgotPage })))
const ResetPage = lazy(() => account().then((pages) => ({ default: pages.ResetPage })))
const VerifyPage = lazy(() => account().then((pages) => ({ default: pages.VerifyPage })))
const SettingsPage = lazy(() => account().then((pages) => ({ default: pages.SettingsPage })))

const UsagePage = lazy(() => account().then((pages) => ({ default: pages.UsagePage })))
const AgentsPage = lazy(() => account().then((pages) => ({ default: pages.AgentsPage })))
const WebhooksPage = lazy(() => account().then((pages) => ({ default: pages.WebhooksPage })))
const AdminPage = lazy(() => import('./pages/admin/index.tsx').then((page) => ({ default: page.AdminPage })))

const usage = createRoute({
  getParentRoute: () => root,
  path: '/usage',
  validateSearch: z.object({ checkout: z.enum(['done', 'cancelled']).optional().catch(undefined) }),
  component: function UsageRoute() {
    return <UsagePage checkout={usage.useSearch().checkout} />
  },
})
const agents = createRoute({ getParentRoute: () => root, path: '/agents', component: AgentsPage })
const webhooks = createRoute({ getParentRoute: () => root, path: '/webhooks', component: WebhooksPage })
const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  validateSearch: z.object({ tab: z.enum(adminTabs).optional().catch(undefined) }),
  component: function AdminRoute() {
    const navigate = admin.useNavigate()
    return (
      <AdminPage
        tab={admin.useSearch().tab ?? 'users'}
        onTab={(tab) => navigate({ search: { tab }, replace: true })}
      />
    )
  },
})

const tokenSearch = z.object({ token: z.string().catch('') })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ problem: z.literal('provider').optional().catch(undefined) }),
  component: function SignInRoute() {
    return <SignInPage hasFailed={signIn.useSearch().problem === 'provider'} />
  },
})
const signUp = createRoute({ getParentRoute: () => root, path: '/sign-up', component: SignUpPage })
const forgot = createRoute({ getParentRoute: () => root, path: '/forgot', component: ForgotPage })
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsPage })
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: tokenSearch,
  component: function ResetRoute() {
    return <ResetPage token={reset.useSearch().token} />
  },
})
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: tokenSearch,
  component: function VerifyRoute() {
    return <VerifyPage token={verify.useSearch().token} />
  },
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  validateSearch: tokenSearch,
  component: function JoinRoute() {
    return <JoinPage token={join.useSearch().token} />
  },
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    document,
    analyses,
    analysis,
    proposals,
    proposal,
    shared,
    teams,
    team,
    join,
    usage,
    agents,
    webhooks,
    admin,
    signIn,
    signUp,
    forgot,
    settings,
    reset,
    verify,
  ]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
