/** YAML that says what the document is and what was lost on the way. */
import type { Doc } from '../../doc/model.ts'
import type { Warning } from '../../report.ts'

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined }

export function frontMatter(doc: Doc, warnings: readonly Warning[], engine: string): string {
  const fields: Readonly<Record<string, Value | undefined>> = {
    title: doc.meta.title,
    author: doc.meta.author,
    language: doc.meta.language,
    created: doc.meta.created,
    modified: doc.meta.modified,
    source: doc.source?.name,
    sha256: doc.source?.sha256,
    format: doc.format,
    pages: doc.pages.length > 0 ? doc.pages.length : undefined,
    engine,
    warnings: warnings.map(({ code, message, at, more }) => ({ code, message, page: at?.page, more })),
  }
  return `---\n${entries(fields, '')}---`
}

function entries(fields: { readonly [key: string]: Value | undefined }, indent: string): string {
  return Object.entries(fields)
    .filter((entry): entry is [string, Value] => entry[1] !== undefined)
    .map(([key, value]) => `${indent}${key}:${yaml(value, indent)}\n`)
    .join('')
}

function yaml(value: Value, indent: string): string {
  if (typeof value === 'string') return ` ${scalar(value)}`
  if (typeof value !== 'object') return ` ${value}`
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []'
    const item = (one: Value) =>
      typeof one === 'object' && !Array.isArray(one)
        ? `${indent}  - ${entries(one as { readonly [key: string]: Value }, `${indent}    `).trim()}`
        : `${indent}  -${yaml(one, `${indent}  `)}`
    return `\n${value.map(item).join('\n')}`
  }
  return `\n${entries(value as { readonly [key: string]: Value }, `${indent}  `).trimEnd()}`
}

/** Plain where no reader of YAML 1.1 or 1.2 could take it for anything but text; else a JSON string, which is YAML too. */
const scalar = (text: string): string =>
  /^[A-Za-z][\w ./-]*$/.test(text) && !/ $/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text.toWellFormed()).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, escapeUnit)

const escapeUnit = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
