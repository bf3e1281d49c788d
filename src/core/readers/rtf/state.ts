/** What a group inherits and may change for itself (RTF 1.9.1, "Conventions of an RTF Reader"). */
import type { Mark } from '../../doc/model.ts'
import type { LinkTarget, Paragraph } from '../paragraphs/lines.ts'

export type Character = {
  readonly marks: readonly Mark[]
  readonly font: number | undefined
  readonly isHidden: boolean
  readonly isInserted: boolean
  readonly isDeleted: boolean
}

/** Where text goes and what words mean there. */
export type Destination = {
  readonly text: (value: string, state: State) => void
  /** True: the word meant something here. */
  readonly word?: (word: string, parameter: number | undefined, state: State) => boolean
  readonly binary?: (bytes: Uint8Array) => void
  /** The group that opened the destination ends. */
  readonly end?: () => void
  /** Bytes are wanted as they come, for example hexadecimal data. */
  readonly isRaw?: true
}

export type State = {
  readonly character: Character
  readonly paragraph: Paragraph
  readonly destination: Destination
  /** Bytes that stand for a `\u` character in older readers. */
  readonly unicodeSkip: number
  readonly link: LinkTarget | undefined
}

export const plainCharacter: Character = {
  marks: [],
  font: undefined,
  isHidden: false,
  isInserted: false,
  isDeleted: false,
}
