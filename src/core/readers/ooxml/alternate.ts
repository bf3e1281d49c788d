/** Markup compatibility (ECMA-376 part 3): one of several forms of the same content. */
import { child, descendants, elements, type Xml } from '../../io/xml.ts'

/** Content that a reader sees and that we can read. */
const readable = [
  'txbxContent',
  'txBody',
  'pic',
  'chart',
  'relIds',
  't',
  'oMath',
  'tbl',
  'imagedata',
  'textpath',
] as const

/**
 * The branch to read: the first choice that holds something we understand, or else the fallback. Every branch says
 * the same, so exactly one is read.
 */
export function alternative(element: Xml): Xml | undefined {
  const choices = elements(element, 'Choice')
  const fallback = child(element, 'Fallback')
  return choices.find(isReadable) ?? (fallback && isReadable(fallback) ? fallback : (choices[0] ?? fallback))
}

const isReadable = (branch: Xml): boolean => readable.some((local) => !descendants(branch, local).next().done)
