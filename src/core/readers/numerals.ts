/** Numbers as lists print them: letters and Roman numerals. */

/** a … z, aa, ab … ; decimal below 1. */
export function letters(number: number): string {
  let out = ''
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    out = String.fromCharCode(97 + ((rest - 1) % 26)) + out
  return out === '' ? String(number) : out
}

/** a … z, aa, bb … , as word processors count. */
export const repeatedLetters = (number: number): string =>
  number < 1 ? String(number) : letters(((number - 1) % 26) + 1).repeat(Math.min(20, Math.ceil(number / 26)))

const steps: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/** i, ii, iii … ; decimal where Roman numerals end. */
export function roman(number: number): string {
  if (number < 1 || number > 3999) return String(number)
  let rest = number
  let out = ''
  for (const [value, sign] of steps) for (; rest >= value; rest -= value) out += sign
  return out
}
