/** People and desks to write to, with what is printed of them. */
import { email, type Found, phone, shorten } from './recipes.ts'
import type { Statement } from './statements.ts'

const office =
  /\b(?:contracting officer|contract specialist|procurement (?:officer|specialist|manager|analyst)|purchasing (?:agent|officer|manager)|buyer|point of contact|POC|primary contact|contact(?:s| person)?|inquir(?:y|ies)|questions|quer(?:y|ies)|project (?:officer|manager)|asst\.? manager|manager|director|clerk|address correspondence|help ?desk|administrator|from:)\b/i
const unrelated =
  /\b(?:invoices?|WAWF|wide area|payments?|tungsten|electronic funds|ombudsman|privacy|incident|security office|patent)\b/i

export function contacts(statements: readonly Statement[]): Found[] {
  const seen = new Set<string>()
  const found: Found[] = []
  for (const statement of statements) {
    if (
      statement.role === 'clauses' ||
      statement.role === 'work' ||
      statement.role === 'definitions' ||
      statement.role === 'certification' ||
      statement.role === 'qa'
    )
      continue
    if (
      !office.test(`${statement.text} ${statement.titles}`) ||
      unrelated.test(`${statement.text} ${statement.titles}`)
    )
      continue
    const block = lines(statement)
    const mail = email.exec(block)?.[0] ?? ''
    const number = phone.exec(block)?.[0] ?? ''
    if (
      mail === '' &&
      number === '' &&
      !/\b(?:address correspondence|contracting officer,|, contracting officer)\b/i.test(statement.text)
    )
      continue
    const key = (mail || number || statement.text).toLowerCase()
    if (seen.has(key)) continue
    seen.add(key)
    const name = personIn(block)
    const value = [name, mail, number].filter(Boolean).join(', ') || shorten(statement.text)
    found.push({ kind: 'contact', value, statement, verbatim: block, mandatory: false })
  }
  return found.slice(0, 4)
}

/** The statement, with the short lines after it when it only introduces them. */
function lines(statement: Statement): string {
  if (
    email.test(statement.text) ||
    phone.test(statement.text) ||
    !/(?::|contact|officer)$/i.test(statement.text)
  )
    return statement.text
  const next: string[] = []
  for (const { text, kind } of statement.after.slice(0, 6)) {
    if (kind === 'heading' || text.length > 90) break
    next.push(text)
  }
  return [statement.text, ...next].join(' ')
}

const personIn = (text: string): string =>
  /\b(?:Mr\.|Ms\.|Mrs\.|Dr\.)?\s?([A-Z][a-z]+(?:\s[A-Z]\.)?\s[A-Z][a-zA-Z’'-]+)(?=,|\s*(?:at|Contract|Procurement|–|-|Email|Phone|\(|$))/.exec(
    text,
  )?.[1] ?? ''
