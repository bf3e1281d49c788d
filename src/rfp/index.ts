/** mdraft/rfp: requests for proposal as work a proposal team can act on. */
export { type AnalyzeOptions, analyze } from './analyze.ts'
export * from './findings.ts'
