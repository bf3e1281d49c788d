/**
 * `$…$` as pandoc and GitHub read it: after the opening dollar no space, before the closing one no space, after it no
 * digit, so that "$5 and $10" are amounts. `$$…$$` inside a line is math too.
 */
import type { Code, Construct, ConstructRecord, Effects, State, Token, TokenizeContext } from './micromark.ts'
import { BACKSLASH, DOLLAR, isDigit, isLineEnd, isSpace } from './micromark.ts'

function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let opening = 0
  let closing = 0
  let previous: Code = null
  let isEscaped = false
  let sequence: Token

  const start: State = (code) => {
    effects.enter('mathText')
    effects.enter('mathTextSequence')
    return open(code)
  }
  const open: State = (code) => {
    if (code === DOLLAR) {
      effects.consume(code)
      opening++
      return open
    }
    effects.exit('mathTextSequence')
    return opening > 2 || isSpace(code) ? nok(code) : between(code)
  }
  const between: State = (code) => {
    if (code === null) return nok(code)
    if (code === DOLLAR && !isEscaped) {
      if (opening === 1 && isSpace(previous)) return nok(code)
      sequence = effects.enter('mathTextSequence')
      closing = 0
      return close(code)
    }
    if (isLineEnd(code)) {
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      previous = code
      return between
    }
    effects.enter('mathTextData')
    return data(code)
  }
  const data: State = (code) => {
    if (code === null || isLineEnd(code) || (code === DOLLAR && !isEscaped)) {
      effects.exit('mathTextData')
      return between(code)
    }
    effects.consume(code)
    isEscaped = code === BACKSLASH && !isEscaped
    previous = code
    return data
  }
  const close: State = (code) => {
    if (code === DOLLAR) {
      effects.consume(code)
      closing++
      return close
    }
    if (closing === opening && !(opening === 1 && isDigit(code))) {
      effects.exit('mathTextSequence')
      effects.exit('mathText')
      return ok(code)
    }
    if (opening === 1) return nok(code)
    sequence.type = 'mathTextData' // a lone dollar inside `$$…$$`
    previous = DOLLAR
    return data(code)
  }
  return start
}

const construct: Construct = { name: 'mathText', tokenize, previous: notAfterDollar }

/** Inside a run of dollars nothing begins. */
function notAfterDollar(this: TokenizeContext, code: Code): boolean {
  return code !== DOLLAR || this.events.at(-1)?.[1].type === 'characterEscape'
}

export const dollarMath: ConstructRecord = { [DOLLAR]: construct }
