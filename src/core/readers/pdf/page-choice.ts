import { MdraftError } from '../../errors.ts'
import type { ReadContext } from '../../reader.ts'

/** 0-based indexes of the pages that are asked for, in the order of the file. */
export function pagesWanted(
  count: number,
  { options, limits }: Pick<ReadContext, 'options' | 'limits'>,
): number[] {
  const all = Array.from({ length: count }, (_, index) => index)
  const ranges = options.pages
  const wanted = ranges
    ? all.filter((index) => ranges.some(({ from, to }) => index + 1 >= from && index + 1 <= to))
    : all
  if (wanted.length === 0 && count > 0)
    throw new MdraftError('bad_option', `None of the wanted pages exists; the PDF has ${count}.`, {
      fix: 'Give page numbers from 1 up (--pages 1-5,8).',
    })
  if (wanted.length > limits.pages)
    throw new MdraftError(
      'too_many_pages',
      `The PDF has ${wanted.length} pages; the limit is ${limits.pages}.`,
      { fix: 'Read it in parts (--pages), or raise the limit.' },
    )
  return wanted
}
