/** What changed between two versions of a solicitation, as `mdraft.comparison/1`. */
import { z } from 'zod'

const wordSchema = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })

/** One side of a change: the statement as that version prints it. */
const sideSchema = z.object({
  /** Null: a sentence that is no requirement of its version. */
  requirement_id: z.string().nullable(),
  text: z.string(),
  rfp_reference: z.string(),
  page: z.number().int().nullable(),
})

export const changeSchema = z.object({
  change_id: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  old: sideSchema.nullable(),
  new: sideSchema.nullable(),
  /** The statement word by word. */
  words: z.array(wordSchema),
  /** The answer to a question that makes the change: "Question 15". */
  answer: z.string().nullable(),
})

/** A sentence or table row by which an amendment says what it changes. */
const directiveSchema = z.object({
  text: z.string(),
  rfp_reference: z.string(),
  page: z.number().int().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  answer: z.string().nullable(),
})

const comparedSchema = z.object({
  filename: z.string(),
  sha256: z.string(),
  pages: z.number().int().nullable(),
  requirements: z.number().int(),
})

export const comparisonSchema = z.object({
  schema: z.literal('mdraft.comparison/1'),
  old: comparedSchema,
  new: comparedSchema,
  /** `full`: the new version repeats the old one. `changes`, `answers`: it says only what changes, nothing is removed by silence. */
  form: z.enum(['full', 'changes', 'answers']),
  changes: z.array(changeSchema),
  directives: z.array(directiveSchema),
  /** Dates that differ. */
  dates: z.array(z.object({ kind: z.string(), old: z.array(z.string()), new: z.array(z.string()) })),
  /** Whole pages of the old version that the new one does not repeat (a cover letter, a form). */
  not_repeated: z.array(
    z.object({ from: z.number().int(), to: z.number().int(), requirement_ids: z.array(z.string()) }),
  ),
  unchanged: z.number().int(),
  /** Requirements of the new version that are known by another id in the old one: owners and states stay with them. */
  kept_ids: z.array(z.object({ new_id: z.string(), old_id: z.string() })),
})

export type Word = z.infer<typeof wordSchema>
export type Side = z.infer<typeof sideSchema>
export type Change = z.infer<typeof changeSchema>
export type Directive = z.infer<typeof directiveSchema>
export type Comparison = z.infer<typeof comparisonSchema>

export const comparisonFormats = ['json', 'markdown', 'xlsx'] as const
export type ComparisonFormat = (typeof comparisonFormats)[number]
