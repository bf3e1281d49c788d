/** People and desks to write to, with what is printed of them. */
import { email, type Found, linesBelow, phone, shorten } from './recipe.ts'
import type { Statement } from './statements.ts'

const office =
  /\b(?:contracting officer|contract specialist|contract administrator|procurement (?:officer|specialist|manager|analyst)|purchasing (?:agent|officer|manager)|buyer|point of contact|POC|PCO|primary contact|contact(?:s| person)?|inquir(?:y|ies)|questions|quer(?:y|ies)|asst\.? manager|manager|director|clerk|address correspondence|help ?desk|administrator|from:)\b/i
const unrelated =
  /\b(?:invoices?|WAWF|wide area|payments?|tungsten|electronic funds|ombudsman|privacy|incident|security office|patent|representative|protests?|standardization|visit)\b/i

export function contacts(statements: readonly Statement[]): Found[] {
  const seen = new Map<string, Found & { readonly score: number }>()
  for (const statement of statements) {
    const { role, text, titles } = statement
    if (
      role === 'clauses' ||
      role === 'work' ||
      role === 'definitions' ||
      role === 'certification' ||
      role === 'qa'
    )
      continue
    if (!office.test(`${text} ${titles}`) || unrelated.test(`${text} ${titles}`)) continue
    const below = /(?::|\bcontact|\bofficer|\bcorrespondence to)\s*$/i.test(text)
      ? linesBelow(statement, 6)
      : ''
    const block = `${text} ${below}`.trim()
    const mail = email.exec(block)?.[0] ?? ''
    const number = phone.exec(block)?.[0] ?? ''
    const named = /\b(?:address correspondence|, contracting officer)\b/i.test(text)
    if (mail === '' && number === '' && !named) continue
    const name = personIn(block)
    const value = [name, mail, number].filter(Boolean).join(', ') || shorten(block)
    const score =
      (name ? 2 : 0) +
      (number ? 1 : 0) +
      (/\b(?:contact|inquir\w+|questions|quer(?:y|ies))\b/i.test(text) ? 2 : 0) +
      (/[.;]$/.test(text) ? 1 : 0)
    const key = (mail || number || text).toLowerCase()
    const old = seen.get(key)
    if (!old || score > old.score)
      seen.set(key, { kind: 'contact', value, statement, verbatim: block, mandatory: false, score })
  }
  return [...seen.values()].slice(0, 4).map(({ score: _, ...found }) => found)
}

const noName =
  /\b(?:Local|Eastern|Central|Pacific|Standard|Time|Contract\w*|Procurement|Officer|Office|Email|Phone|Contact|Questions?|Government|Department)\b/

/** The first words that look like a person's name beside what people are reached by. */
function personIn(text: string): string {
  const name = nameIn(text)
  return noName.test(name) ? '' : name
}

const nameIn = (text: string): string =>
  /\b(?:Mr\.|Ms\.|Mrs\.|Dr\.)?\s?([A-Z][a-z]+(?:\s[A-Z]\.)?\s[A-Z][a-zA-Z’'-]+)(?=,|\s*(?:at|Contract|Procurement|–|-|Email|Phone|\(|$))/.exec(
    text,
  )?.[1] ?? ''
