/** What a client of the MCP server may ask for, whoever does it: this machine alone, or a server with tenants. */
import type { Analysis, AnalysisType } from '../rfp/findings.ts'

export type Converted = {
  /** Names the document in later calls. */
  readonly document: string
  readonly filename: string
  readonly format: string
  readonly pages: number | null
  readonly markdown: string
  readonly warnings: readonly string[]
}
type Part = AnalysisType | 'all'

export type Desk = {
  /** What `source` may be, for the description of the tool. */
  readonly takes: string
  /** Reads a file or address. @throws MdraftError */
  convert(source: string, signal: AbortSignal): Promise<Converted>
  analyse(document: string, part: Part, signal: AbortSignal): Promise<Partial<Analysis>>
  /** The Markdown of a document that was converted. */
  markdown(document: string): Promise<string>
}
