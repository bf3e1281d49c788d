/** The few fields of front matter that a Doc has a place for. Not a YAML reader: anything else is left alone. */
import type { Meta } from '../../doc/model.ts'

const fields: Readonly<Record<string, keyof Meta>> = {
  title: 'title',
  author: 'author',
  authors: 'author',
  subject: 'subject',
  description: 'subject',
  keywords: 'keywords',
  tags: 'keywords',
  language: 'language',
  lang: 'language',
  date: 'created',
  created: 'created',
  modified: 'modified',
}

export function readFrontMatter(yaml: string): { [K in keyof Meta]: Meta[K] | undefined } {
  const meta: { -readonly [K in keyof Meta]: Meta[K] } = {}
  for (const line of yaml.split('\n')) {
    const [, key = '', value = ''] = /^([A-Za-z_]+):[ \t]*(\S.*)$/.exec(line) ?? []
    const field = fields[key.toLowerCase()]
    const text = scalar(value.trim())
    if (field !== undefined && text !== '' && meta[field] === undefined) meta[field] = text
  }
  return meta
}

function scalar(value: string): string {
  if (/^".*"$/.test(value)) {
    try {
      return String(JSON.parse(value))
    } catch {
      return value.slice(1, -1)
    }
  }
  if (/^'.*'$/.test(value)) return value.slice(1, -1).replaceAll("''", "'")
  if (/^\[.*\]$/.test(value))
    return value
      .slice(1, -1)
      .split(',')
      .map((part) => scalar(part.trim()))
      .join(', ')
  return /^[|>&*!{%@`]/.test(value) ? '' : value.replace(/\s+#.*$/, '')
}
