/** mdraft/rfp: requests for proposal as work a proposal team can act on. */
export { type AnalyzeOptions, analyze } from './analyze.ts'
export { highlightsOf } from './export/highlighted.ts'
export { type ExportOptions, exportAnalysis, typesOf } from './export/index.ts'
export * from './findings.ts'
export { joinAnalyses } from './package.ts'
