/** `$$` on a line of its own, a formula, and `$$` again: a block of math, fenced as code is (CommonMark 4.5). */
import type { Code, Construct, ConstructRecord, Effects, State, TokenizeContext } from './micromark.ts'
import { DOLLAR, isLineEnd, isSpace } from './micromark.ts'

function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const { interrupt, events } = this
  const tail = events.at(-1)
  const indent = tail?.[1].type === 'linePrefix' ? tail[1].end.column - tail[1].start.column : 0
  let opening = 0

  const start: State = (code) => {
    effects.enter('mathFlow')
    effects.enter('mathFlowFence')
    effects.enter('mathFlowFenceSequence')
    return sequence(code)
  }
  const sequence: State = (code) => {
    if (code === DOLLAR) {
      effects.consume(code)
      opening++
      return sequence
    }
    effects.exit('mathFlowFenceSequence')
    return opening < 2 ? nok(code) : afterSequence(code)
  }
  /** Only white space may follow: `$$x$$` in one line belongs to the paragraph. */
  const afterSequence: State = (code) => {
    if (code !== null && !isLineEnd(code)) {
      if (!isSpace(code)) return nok(code)
      return white(effects, afterSequence)(code)
    }
    effects.exit('mathFlowFence')
    return interrupt ? ok(code) : effects.attempt(nextLine, line, after)(code)
  }
  const line: State = (code) =>
    effects.attempt({ tokenize: closingFence(opening), partial: true }, after, content)(code)
  const content: State = (code) => value(effects, indent, afterValue)(code)
  const afterValue: State = (code) =>
    code === null ? after(code) : effects.attempt(nextLine, line, after)(code)
  const after: State = (code) => {
    effects.exit('mathFlow')
    return ok(code)
  }
  return start
}

/** White space of any length, then `next`. */
function white(effects: Effects, next: State): State {
  const inside: State = (code) => {
    if (isSpace(code) && code !== null && !isLineEnd(code)) {
      effects.consume(code)
      return inside
    }
    effects.exit('whitespace')
    return next(code)
  }
  return (code) => {
    effects.enter('whitespace')
    return inside(code)
  }
}

/** The rest of a line; as much of its indent as the fence has goes. */
function value(effects: Effects, indent: number, next: State): State {
  let taken = 0
  const data: State = (code) => {
    if (code === null || isLineEnd(code)) {
      effects.exit('mathFlowValue')
      return next(code)
    }
    effects.consume(code)
    return data
  }
  const begin: State = (code) => {
    if (code === null || isLineEnd(code)) return next(code)
    effects.enter('mathFlowValue')
    return data(code)
  }
  const prefix: State = (code) => {
    if (taken < indent && isSpace(code) && code !== null && !isLineEnd(code)) {
      effects.consume(code)
      taken++
      return prefix
    }
    effects.exit('linePrefix')
    return begin(code)
  }
  return (code) => {
    if (indent === 0 || !isSpace(code) || code === null || isLineEnd(code)) return begin(code)
    effects.enter('linePrefix')
    return prefix(code)
  }
}

/** The end of a line, when the next one still belongs to the container the block is in. */
const nextLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const start: State = (code) => {
      if (code === null) return nok(code)
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      return lineStart
    }
    const lineStart: State = (code) => (this.parser.lazy[this.now().line] ? nok(code) : ok(code))
    return start
  },
}

const closingFence =
  (opening: number): Construct['tokenize'] =>
  (effects, ok, nok) => {
    let closing = 0
    const start: State = (code) => {
      if (isSpace(code) && code !== null && !isLineEnd(code)) return white(effects, fence)(code)
      return fence(code)
    }
    const fence: State = (code) => {
      if (code !== DOLLAR) return nok(code)
      effects.enter('mathFlowFence')
      effects.enter('mathFlowFenceSequence')
      return sequence(code)
    }
    const sequence: State = (code: Code) => {
      if (code === DOLLAR) {
        effects.consume(code)
        closing++
        return sequence
      }
      if (closing < opening) return nok(code)
      effects.exit('mathFlowFenceSequence')
      return isSpace(code) && code !== null && !isLineEnd(code) ? white(effects, end)(code) : end(code)
    }
    const end: State = (code) => {
      if (code !== null && !isLineEnd(code)) return nok(code)
      effects.exit('mathFlowFence')
      return ok(code)
    }
    return start
  }

export const dollarBlock: ConstructRecord = { [DOLLAR]: { name: 'mathFlow', concrete: true, tokenize } }
