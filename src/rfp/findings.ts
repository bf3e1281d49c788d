/**
 * What the analyzers find, as `mdraft.analysis/1`. Field names are the public contract; each row quotes the source.
 * Server, web and OpenAPI share these schemas.
 */
import { z } from 'zod'

/** A rectangle in PDF points, origin at the top left of the page. */
export const boxSchema = z.object({
  page: z.number().int(),
  x0: z.number(),
  y0: z.number(),
  x1: z.number(),
  y1: z.number(),
})

export const obligations = ['shall', 'must', 'will', 'should', 'may', 'required'] as const
export const actors = ['offeror', 'contractor', 'government', 'other'] as const
export const categories = [
  'instruction',
  'technical',
  'management',
  'staffing',
  'past_performance',
  'pricing',
  'certification',
  'contract_clause',
  'evaluation',
  'other',
] as const
export const checklistKinds = [
  'due_date',
  'qa_deadline',
  'method',
  'address',
  'copies',
  'page_limit',
  'font',
  'margin',
  'file_format',
  'form',
  'certification',
  'contact',
  'naming',
  'conference',
  'validity',
  'bid_security',
  'fee',
  'other',
] as const

/** Who found a row: the rules, a language model, or both. */
const sources = ['rule', 'llm', 'both'] as const

/** Where a finding stands: blocks of the Doc and boxes on its pages, so that a click can show the quote. */
const grounded = {
  page: z.number().int().nullable(),
  boxes: z.array(boxSchema),
  /** Ids of the blocks of the Doc that hold the quote. */
  block_ids: z.array(z.string()),
  /** In a package of several files: the one it stands in. */
  file: z.string().optional(),
}

export const requirementSchema = z.object({
  requirement_id: z.string(),
  /** Verbatim: one sentence or one list item. */
  requirement_text: z.string(),
  /** The lead-in sentence of a list item. */
  stem_text: z.string().nullable(),
  /** The number as printed, with parents: "L-349 (b)". */
  rfp_reference: z.string(),
  section_title: z.string().nullable(),
  ...grounded,
  binding_word: z.string(),
  obligation: z.enum(obligations),
  actor: z.enum(actors),
  category: z.enum(categories),
  is_clause: z.boolean(),
  cross_references: z.array(z.string()),
  duplicate_of: z.string().nullable(),
  confidence: z.number(),
  source: z.enum(sources),
})

export const criterionSchema = z.object({
  criterion_id: z.string(),
  name: z.string(),
  parent_id: z.string().nullable(),
  /** As printed. */
  weight: z.string().nullable(),
  points: z.number().nullable(),
  percent: z.number().nullable(),
  /** The sentence that ranks factors when there is no number. */
  relative_importance: z.string().nullable(),
  method: z.string().nullable(),
  /** Failing it excludes. */
  gate: z.boolean(),
  verbatim: z.string(),
  rfp_reference: z.string(),
  ...grounded,
  /** Set when a language model was asked; absent: by rules. */
  source: z.enum(sources).optional(),
})

export const outlineSectionSchema = z.object({
  number: z.string(),
  title: z.string(),
  level: z.number().int(),
  volume: z.string().nullable(),
  page_limit: z.string().nullable(),
  format_notes: z.string().nullable(),
  requirement_ids: z.array(z.string()),
  criterion_ids: z.array(z.string()),
  file: z.string().optional(),
})

export const checklistItemSchema = z.object({
  item_id: z.string(),
  kind: z.enum(checklistKinds),
  /** Normalised; dates as "YYYY-MM-DD HH:MM zone". */
  value: z.string(),
  verbatim: z.string(),
  rfp_reference: z.string(),
  ...grounded,
  mandatory: z.boolean(),
  /** Shared by statements that disagree. */
  conflict_group: z.string().nullable(),
  source: z.enum(sources).optional(),
})

export const analysisWarningSchema = z.object({
  code: z.string(),
  message: z.string(),
  page: z.number().int().nullable(),
  file: z.string().optional(),
})

/** Which instructions and work requirements belong to a criterion, what lacks its counterpart, and what to ask the buyer. */
export const crosswalkSchema = z.object({
  links: z.array(
    z.object({
      criterion_id: z.string(),
      instruction_ids: z.array(z.string()),
      work_ids: z.array(z.string()),
    }),
  ),
  gaps: z.array(z.object({ code: z.string(), message: z.string(), ids: z.array(z.string()) })),
  questions: z.array(z.object({ question_id: z.string(), text: z.string(), about: z.string() })),
})

/** One sentence, item or cell and what became of it: for a page view that colours every sentence. */
export const sentenceSchema = z.object({
  page: z.number().int().nullable(),
  boxes: z.array(boxSchema),
  block_ids: z.array(z.string()),
  disposition: z.string(),
  requirement_id: z.string().nullable(),
})

const analysedDocumentSchema = z.object({
  filename: z.string(),
  sha256: z.string(),
  pages: z.number().int().nullable(),
  title: z.string().nullable(),
})

/** What a language model was asked and what became of its answers. Absent: none was asked. */
const modelUseSchema = z.object({
  /** "provider:model". */
  name: z.string(),
  windows: z.number().int(),
  windows_unread: z.number().int(),
  windows_cached: z.number().int(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  /** By the configured price; null: none is configured. */
  cost_usd: z.number().nullable(),
  added: z.number().int(),
  confirmed: z.number().int(),
  /** Rows of the matrix that only rules found. */
  unconfirmed: z.number().int(),
  /** The quote stands nowhere in the document. */
  dropped: z.number().int(),
  malformed: z.number().int(),
})

/** What a prompt of the user's own found in a document: every finding quotes it. */
export const agentRunSchema = z.object({
  schema: z.literal('mdraft.agent/1'),
  agent: z.string(),
  document: analysedDocumentSchema,
  findings: z.array(
    z.object({
      label: z.string(),
      /** The model's own words. */
      note: z.string().nullable(),
      quote: z.string(),
      rfp_reference: z.string(),
      ...grounded,
    }),
  ),
  model: modelUseSchema,
  warnings: z.array(analysisWarningSchema),
})

export const analysisSchema = z.object({
  schema: z.literal('mdraft.analysis/1'),
  document: analysedDocumentSchema,
  /** Only when several files were analysed as one solicitation; `document` then speaks of all of them. */
  documents: z
    .array(
      analysedDocumentSchema.extend({
        /** By which names the other files refer to it: "Attachment 2". */
        referred_as: z.array(z.string()),
      }),
    )
    .optional(),
  solicitation: z.object({
    number: z.string().nullable(),
    title: z.string().nullable(),
    issuing_office: z.string().nullable(),
    type: z.enum(['RFP', 'RFQ', 'IFB', 'ITT', 'RFI', 'BAA', 'other']).nullable(),
    naics: z.string().nullable(),
    set_aside: z.string().nullable(),
    contract_type: z.string().nullable(),
  }),
  compliance_matrix: z.array(requirementSchema),
  evaluation_criteria: z.array(criterionSchema),
  annotated_outline: z.array(outlineSectionSchema),
  submission_checklist: z.array(checklistItemSchema),
  /** Every sentence has one disposition: the counts add up. `passages` lists them when asked for. */
  coverage: z.object({
    sentences: z.number().int(),
    by_disposition: z.record(z.string(), z.number().int()),
    passages: z.array(sentenceSchema).optional(),
  }),
  crosswalk: crosswalkSchema.optional(),
  model: modelUseSchema.optional(),
  warnings: z.array(analysisWarningSchema),
})

export type Requirement = z.infer<typeof requirementSchema>
export type Criterion = z.infer<typeof criterionSchema>
export type OutlineSection = z.infer<typeof outlineSectionSchema>
export type ChecklistItem = z.infer<typeof checklistItemSchema>
export type Crosswalk = z.infer<typeof crosswalkSchema>
export type Sentence = z.infer<typeof sentenceSchema>
export type AnalysisWarning = z.infer<typeof analysisWarningSchema>
export type ModelUse = z.infer<typeof modelUseSchema>
export type AgentRun = z.infer<typeof agentRunSchema>
export type Analysis = z.infer<typeof analysisSchema>

/** The four results a user asks for by name, and where each stands in an analysis. */
export const analysisTypes = {
  'compliance-matrix': 'compliance_matrix',
  'evaluation-criteria': 'evaluation_criteria',
  'annotated-outline': 'annotated_outline',
  'submission-checklist': 'submission_checklist',
} as const satisfies Record<string, keyof Analysis>
export type AnalysisType = keyof typeof analysisTypes

/** Files an analysis can be had as. */
export const exportFormats = ['json', 'csv', 'xlsx', 'docx', 'markdown', 'ics'] as const
export type ExportFormat = (typeof exportFormats)[number]

export * from './amendments/comparison.ts'
