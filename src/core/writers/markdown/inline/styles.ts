/** How each mark prints. */
import type { Mark } from '../../../doc/model.ts'

export type Style = {
  readonly mark: Mark
  /** Emphasis characters, where Markdown has them. */
  readonly fence?: string
  /** The HTML element that GFM lets through: for marks without a fence, and where a fence would not be read as one. */
  readonly tag: string
  /** Also with `--emphasis off`: without it the text would say something else. */
  readonly always?: true
}

/**
 * Outermost first. Bold stands inside italic, since `***a***` is read so. Underline and highlight have no
 * Markdown; the Doc keeps them.
 */
export const styles: readonly Style[] = [
  { mark: 'inserted', tag: 'ins', always: true },
  { mark: 'strike', fence: '~~', tag: 'del' },
  { mark: 'superscript', tag: 'sup' },
  { mark: 'subscript', tag: 'sub' },
  { mark: 'italic', fence: '*', tag: 'em' },
  { mark: 'bold', fence: '**', tag: 'strong' },
]

export const styleOf = new Map(styles.map((style) => [style.mark, style]))
