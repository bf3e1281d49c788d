import { MdraftError } from '../../core/errors.ts'
import type { PageRange } from '../../core/index.ts'

/** `1-5,8,12-` → ranges; an open end reaches the last page. */
export function parsePages(text: string): PageRange[] {
  return text.split(',').map((part) => {
    const [, from, dash, to] = /^\s*(\d+)\s*(-?)\s*(\d*)\s*$/.exec(part) ?? []
    const range = { from: Number(from), to: to ? Number(to) : dash ? Number.MAX_SAFE_INTEGER : Number(from) }
    if (!from || range.from < 1 || range.to < range.from)
      throw new MdraftError('bad_option', `"${text}" is not a list of pages.`, {
        fix: 'Write pages as 1-5,8 or 12- (from 1, in rising order).',
      })
    return range
  })
}
