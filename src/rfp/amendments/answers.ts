/** Questions and answers: which sentences are answers, and to which question. */
import type { Passage } from '../passages/passages.ts'

const question = /^(?:Q(?:uestion)?\s*#?\s*(\d+)?\s*[:.)]|Question\s+(?:#|no\.?)?\s*(\d+)\b)/i
const answer =
  /^(?:A(?:nswer)?\s*#?\s*(\d+)?\s*[:.)]|(?:Government |Agency )?(?:Response|Answer)\s*#?\s*(\d+)?\s*:)/i

export type Answered = { readonly passage: Passage; readonly answer: string; readonly text: string }

const withLabel = ({ text, run, range }: Passage): string =>
  range.start === 0 && run.label ? `${run.label} ${text}` : text

/** Sentences of answers, with the name of their question; empty when this is no document of answers. */
export function answersOf(passages: readonly Passage[]): Answered[] {
  const running = runningAnswers(passages.filter(({ run }) => !run.cell))
  const tabled = tabledAnswers(passages.filter(({ run }) => run.cell))
  const found = [...running, ...tabled]
  return new Set(found.map((one) => one.answer)).size >= 3 ? found : []
}

function runningAnswers(passages: readonly Passage[]): Answered[] {
  const found: Answered[] = []
  let number = ''
  let isAnswer = false
  for (const passage of passages) {
    if (passage.kind === 'furniture' || passage.kind === 'contents') continue
    const text = withLabel(passage)
    const [asked, told] = [question.exec(text), answer.exec(text)]
    if (asked) {
      number = asked[1] ?? asked[2] ?? String(Number(number || 0) + 1)
      isAnswer = false
    } else if (told) {
      number = told[1] ?? told[2] ?? number
      isAnswer = true
    } else if (passage.kind === 'heading') isAnswer = false
    if (isAnswer && number !== '')
      found.push({ passage, answer: `Question ${number}`, text: text.replace(answer, '').trim() })
  }
  return found
}

/** A table with a column of questions and one of answers. */
function tabledAnswers(passages: readonly Passage[]): Answered[] {
  const columns = new Map<string, number>()
  for (const { run, text } of passages)
    if (run.cell && run.cell.row <= 1 && /\b(?:response|answer)s?\b/i.test(text) && text.length < 60)
      columns.set(run.cell.table, run.cell.column)
  const numbers = new Map<string, string>()
  return passages.flatMap((passage): Answered[] => {
    const { cell } = passage.run
    const column = cell && columns.get(cell.table)
    if (!cell || column === undefined || cell.header) return []
    const key = `${cell.table} ${cell.row}`
    const text = withLabel(passage)
    if (cell.column === 0) numbers.set(key, /\d+/.exec(text)?.[0] ?? '')
    return cell.column === column && cell.row > 0
      ? [{ passage, answer: `Question ${numbers.get(key) || cell.row}`, text }]
      : []
  })
}
