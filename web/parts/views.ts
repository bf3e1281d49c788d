/** What can stand on the right side of a document; the address of the page names one of them. */
export const resultViews = ['preview', 'markdown', 'json', 'warnings'] as const
export type ResultView = (typeof resultViews)[number]

export const analysisViews = ['requirements', 'criteria', 'outline', 'checklist', 'coverage'] as const
export type AnalysisView = (typeof analysisViews)[number]
export type View = ResultView | AnalysisView

/** Parts of a proposal. */
export const proposalTabs = ['matrix', 'documents', 'activity', 'sharing'] as const
export type ProposalTab = (typeof proposalTabs)[number]

/** Parts of the administration. */
export const adminTabs = ['users', 'invited', 'teams', 'jobs', 'dead-letters', 'server', 'audit'] as const
export type AdminTab = (typeof adminTabs)[number]
