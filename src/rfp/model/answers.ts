/** What a model may answer, and how an answer is read: row by row, so that one bad row does not cost the others. */
import { z } from 'zod'
import { actors, categories, checklistKinds, obligations } from '../findings.ts'

const quoted = { line: z.number().int(), quote: z.string() }

const requirementAnswer = z.object({
  ...quoted,
  obligation: z.enum(obligations),
  actor: z.enum(actors),
  category: z.enum(categories),
})
const criterionAnswer = z.object({
  ...quoted,
  name: z.string(),
  parent: z.string().nullable(),
  weight: z.string().nullable(),
  points: z.number().nullable(),
  percent: z.number().nullable(),
  method: z.string().nullable(),
  gate: z.boolean(),
})
const checklistAnswer = z.object({ ...quoted, kind: z.enum(checklistKinds), value: z.string() })
const sectionAnswer = z.object({
  ...quoted,
  title: z.string(),
  volume: z.string().nullable(),
  page_limit: z.string().nullable(),
})
const findingAnswer = z.object({ ...quoted, label: z.string(), note: z.string().nullable() })
const linkAnswer = z.object({ criterion_id: z.string(), row_ids: z.array(z.string()) })

export const answerSchemas = {
  analyst: z.object({
    requirements: z.array(requirementAnswer),
    criteria: z.array(criterionAnswer),
    checklist: z.array(checklistAnswer),
    sections: z.array(sectionAnswer),
  }),
  agent: z.object({ findings: z.array(findingAnswer) }),
  links: z.object({ links: z.array(linkAnswer) }),
}
export type QuestionKind = keyof typeof answerSchemas
export type Answer<K extends QuestionKind> = z.infer<(typeof answerSchemas)[K]>

/** The rows of an answer that are as asked for, and how many are not. Lists that are missing count as empty. */
export function readAnswer<K extends QuestionKind>(
  kind: K,
  value: unknown,
): { answer: Answer<K>; malformed: number } {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  let malformed = 0
  const lists = Object.entries(answerSchemas[kind].shape).map(([name, list]) => {
    const rows = Array.isArray(given[name]) ? given[name] : []
    const kept = rows.flatMap((row) => {
      const parsed = (list as z.ZodArray).element as z.ZodType
      const read = parsed.safeParse(row)
      if (!read.success) malformed++
      return read.success ? [read.data] : []
    })
    return [name, kept]
  })
  // Each list was read by the schema of its own rows.
  return { answer: Object.fromEntries(lists) as Answer<K>, malformed }
}
