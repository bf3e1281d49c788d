/** mdraft/rfp: requests for proposal as work a proposal team can act on. */

export { compareVersions } from './amendments/compare.ts'
export type { Given } from './amendments/version.ts'
export { type AnalyzeOptions, analyze } from './analyze.ts'
export { exportComparison } from './export/comparison.ts'
export { csvOf } from './export/csv.ts'
export { highlightsOf } from './export/highlighted.ts'
export { type ExportOptions, exportAnalysis, typesOf, type Workbook, writeWorkbook } from './export/index.ts'
export * from './findings.ts'
export { joinAnalyses } from './package.ts'
