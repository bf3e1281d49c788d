/** What a run looks like: its marks, and whether anyone can see it. */
import type { Mark } from '../../doc/model.ts'
import { isSymbolFont } from '../ooxml/symbols.ts'
import type { RunProperties } from './properties.ts'
import type { Story } from './reading.ts'

export type Look = { readonly marks: readonly Mark[]; readonly isHidden: boolean; readonly font?: string }

/** Where the run stands. */
export type Ground = {
  readonly story: Story
  /** Run properties of the paragraph's style. */
  readonly base: RunProperties
  /** The paragraph has no ground of its own. */
  readonly isOnPaper: boolean
  readonly change?: 'inserted' | 'deleted'
}

/** Not shown, or shown so that nobody can read it: a point high, or white on the white page. */
const isUnseen = (run: RunProperties, { story, isOnPaper }: Ground): boolean =>
  run.hidden === true ||
  (run.size !== undefined && run.size <= 2) ||
  (run.color === 'FFFFFF' && !run.shaded && isOnPaper && story.isOnPaper)

const toggles = ['bold', 'italic', 'strike'] as const

/** Direct formatting wins; toggles of the paragraph's and the run's style cancel each other (17.7.3). */
export function lookOf(direct: RunProperties, ground: Ground): Look {
  const { story, base, change } = ground
  const { styles, context } = story.reading
  const style = styles.character(direct.style)
  const from = style?.run ?? {}
  const marks: Mark[] = toggles.filter(
    (name) => direct[name] ?? (from[name] ?? false) !== (base[name] ?? false),
  )
  if (direct.underline ?? from.underline ?? base.underline) marks.push('underline')
  if (direct.highlight ?? from.highlight) marks.push('highlight')
  const position = direct.position ?? from.position ?? base.position
  if (position && position !== 'baseline') marks.push(position)
  if (style?.isCode) marks.push('code')
  if (change) marks.push(change)
  const font = direct.font ?? from.font ?? base.font
  return {
    marks,
    isHidden: context.options.hiddenText === 'omit' && isUnseen({ ...base, ...from, ...direct }, ground),
    ...(isSymbolFont(font) ? { font: font! } : {}),
  }
}
