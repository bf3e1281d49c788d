/** What may become of a sentence: how it is said and coloured. Colours lie over white pages, in either theme. */
const looks: Readonly<
  Record<string, { readonly name: string; readonly means: string; readonly colour: string }>
> = {
  requirement: { name: 'Requirement', means: 'what the contractor has to do', colour: '#ffd75e' },
  instruction: { name: 'Instruction', means: 'what the offer has to be or to hold', colour: '#8ee0c4' },
  criterion: { name: 'Criterion', means: 'how the offer is judged', colour: '#a8c8ff' },
  consequence: { name: 'Consequence', means: 'what happens otherwise', colour: '#ffb199' },
  permission: { name: 'Permission', means: 'what is allowed', colour: '#c9e88f' },
  clause: { name: 'Clause', means: 'standard text of contracts', colour: '#dcc4f5' },
  buyer: { name: 'Buyer', means: 'what the buyer does', colour: '#9ddff0' },
  definition: { name: 'Definition', means: 'what a word means here', colour: '#f3c6dd' },
  'fill-in': { name: 'To fill in', means: 'blanks of a form', colour: '#ffe9b8' },
  informational: { name: 'Information', means: 'binds nobody', colour: '#e4e1d8' },
  heading: { name: 'Heading', means: 'titles', colour: '#d3d0c7' },
  contents: { name: 'Contents', means: 'the table of contents', colour: '#ebe8df' },
  furniture: { name: 'Headers and footers', means: 'repeated on every page', colour: '#f1efe9' },
}
const order = Object.keys(looks)

export const lookOf = (disposition: string) =>
  looks[disposition] ?? { name: disposition, means: '', colour: '#e4e1d8' }

/** What binds comes first. */
export const byWeight = (one: string, other: string): number => rank(one) - rank(other)
const rank = (disposition: string) => {
  const at = order.indexOf(disposition)
  return at < 0 ? order.length : at
}
/** Shown from the start: what somebody has to act on. */
export const isQuiet = (disposition: string): boolean => rank(disposition) >= order.indexOf('informational')
