/** Names that came with a file: shown to people, never used as paths. */

/** Control characters, and marks that turn the direction of writing (Unicode bidi controls). */
const invisible = /[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
const LONGEST = 255

/** A name without what could mislead: no drive, no root, no step upward, no invisible characters. */
export function safeName(name: string): string {
  const steps = name
    .replace(invisible, '')
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .map((step) => step.trim())
    .filter((step) => step !== '' && step !== '.' && step !== '..')
  const joined = steps.join('/')
  return joined === '' ? 'unnamed' : joined.slice(-LONGEST)
}
