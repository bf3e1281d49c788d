/** What the grammar of formulas shares: micromark's types, and its codes for characters. */
import type { Code } from 'micromark-util-types'

export type {
  Code,
  Construct,
  ConstructRecord,
  Effects,
  State,
  Token,
  TokenizeContext,
} from 'micromark-util-types'

/** The names by which mdast-util-math knows the parts of formulas. */
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mathFlow: 'mathFlow'
    mathFlowFence: 'mathFlowFence'
    mathFlowFenceSequence: 'mathFlowFenceSequence'
    mathFlowValue: 'mathFlowValue'
    mathText: 'mathText'
    mathTextData: 'mathTextData'
    mathTextSequence: 'mathTextSequence'
  }
}

export const DOLLAR = 36
export const BACKSLASH = 92

/** Line ends are the codes -5 to -3, tabs -2 and -1; null is the end of the text. */
export const isLineEnd = (code: Code): boolean => code !== null && code < -2
export const isSpace = (code: Code): boolean => code === null || code < 0 || code === 32
export const isDigit = (code: Code): boolean => code !== null && code >= 48 && code <= 57
