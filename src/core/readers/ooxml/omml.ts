/** Office Math (ECMA-376 part 1, 22.1) as LaTeX. */
import { attribute, child, elements, type Xml, xmlText } from '../../io/xml.ts'
import { joinMath, mathCharacter, mathText, plainMathText } from './math-characters.ts'

/** An `m:oMath`, or one of several in an `m:oMathPara`. */
export const ommlToLatex = (math: Xml): string => tidy(inside(math))

const tidy = (latex: string): string => latex.replace(/[ \t\n]+/g, ' ').trim()

/** The LaTeX of everything inside an element that is not a property. */
const inside = (element: Xml | undefined): string =>
  joinMath(elements(element).map((node) => (writers[node.local] ?? throughOrNothing)(node)))

/** Wrappers (revisions, smart tags, alternatives) are looked through; properties and marks print nothing. */
const throughOrNothing = (element: Xml): string =>
  /Pr$/.test(element.local) || dropped.has(element.local) ? '' : inside(element)
const dropped = new Set(['del', 'moveFrom', 'Fallback', 'bookmarkStart', 'bookmarkEnd', 'proofErr'])

const part = (element: Xml, local: string): string => inside(child(element, local))
const group = (latex: string): string => `{${latex}}`

/** A property's value, for example `<m:dPr><m:begChr m:val="["/></m:dPr>`. */
const property = (element: Xml, name: string): string | undefined => {
  const found = child(child(element, `${element.local}Pr`), name)
  return found === undefined ? undefined : (attribute(found, 'val') ?? '')
}
const isSet = (element: Xml, name: string): boolean => {
  const value = property(element, name)
  return value !== undefined && !/^(0|off|false)$/i.test(value)
}

const functions = new Set(
  'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh'.split(
    ' ',
  ),
)
const operator = (name: string): string =>
  functions.has(name) ? `\\${name}` : /^[A-Za-z]{2,}$/.test(name) ? `\\operatorname{${name}}` : name

function run(element: Xml): string {
  const text = elements(element, 't').map(xmlText).join('')
  const style = child(element, 'rPr')
  const on = (name: string) => {
    const found = child(style, name)
    return found !== undefined && !/^(0|off|false)$/i.test(attribute(found, 'val') ?? 'on')
  }
  if (on('nor')) return text.trim() === '' ? mathText(text) : plainMathText(text)
  const script = attribute(child(style, 'scr'), 'val')
  const weight = attribute(child(style, 'sty'), 'val')
  const alphabet = alphabetOf(script, weight)
  if (alphabet && /[\p{L}\p{N}]/u.test(text)) return `${alphabet}{${mathText(text)}}`
  if (weight === 'p' && /^[A-Za-z]{2,}$/.test(text.trim())) {
    const name = text.trim()
    return functions.has(name) ? `\\${name}` : `\\mathrm{${name}}`
  }
  return mathText(text)
}

const scripts: Readonly<Record<string, string>> = {
  'double-struck': '\\mathbb',
  fraktur: '\\mathfrak',
  script: '\\mathcal',
  'sans-serif': '\\mathsf',
  monospace: '\\mathtt',
}
const alphabetOf = (script: string | undefined, weight: string | undefined): string | undefined =>
  scripts[script ?? ''] ?? (weight === 'b' ? '\\mathbf' : weight === 'bi' ? '\\boldsymbol' : undefined)

/** Signs over a base, by combining character. */
const accents: Readonly<Record<string, string>> = {
  '\u0300': '\\grave',
  '\u0301': '\\acute',
  '\u0302': '\\hat',
  '\u0303': '\\tilde',
  '\u0304': '\\bar',
  '\u0305': '\\overline',
  '\u0306': '\\breve',
  '\u0307': '\\dot',
  '\u0308': '\\ddot',
  '\u030a': '\\mathring',
  '\u030c': '\\check',
  '\u0332': '\\underline',
  '\u20d6': '\\overleftarrow',
  '\u20d7': '\\vec',
  '\u20db': '\\dddot',
  '\u20e1': '\\overleftrightarrow',
  '^': '\\hat',
  '~': '\\tilde',
  '¯': '\\bar',
}

function accent(element: Xml): string {
  const base = part(element, 'e')
  const command = accents[property(element, 'chr') ?? '\u0302'] ?? '\\hat'
  const isWide = base.length > 1 && !/^\\[a-z]+$/i.test(base)
  const wide = command === '\\hat' ? '\\widehat' : command === '\\tilde' ? '\\widetilde' : command
  return `${isWide ? wide : command}{${base}}`
}

/** A sign that groups what is above or below it (22.1.2.41); absent: a brace below. */
function groupCharacter(element: Xml): string {
  const sign = property(element, 'chr') ?? '⏟'
  const isTop = property(element, 'pos') === 'top'
  const base = part(element, 'e')
  const braces: Readonly<Record<string, string>> = {
    '⏟': '\\underbrace',
    '⏞': '\\overbrace',
    '⎴': '\\overbracket',
    '⎵': '\\underbracket',
    '⏜': '\\overparen',
    '⏝': '\\underparen',
  }
  const brace = braces[sign]
  if (brace) return `${brace}{${base}}`
  return `\\${isTop ? 'overset' : 'underset'}{${mathCharacter(sign)}}{${base}}`
}

/** What stands above or below: of an operator it is a limit, of a brace its caption. */
function limit(element: Xml, where: 'low' | 'upp'): string {
  const base = part(element, 'e')
  const lim = part(element, 'lim')
  const takesLimits =
    /^\\(lim|max|min|sup|inf|limsup|liminf|sum|prod|det|gcd|Pr|operatorname\{.*\}|(under|over)brace\{.*\})$/s.test(
      base,
    )
  if (takesLimits) return `${base}${where === 'low' ? '_' : '^'}{${lim}}`
  const name = /^(?:\\mathrm\{)?([a-z]{3,})\}?$/i.exec(base)?.[1]
  if (name && functions.has(name)) return `\\${name}${where === 'low' ? '_' : '^'}{${lim}}`
  return `\\${where === 'low' ? 'underset' : 'overset'}{${lim}}{${base}}`
}

const delimiters: Readonly<Record<string, string>> = {
  '': '.',
  '{': '\\{',
  '}': '\\}',
  '‖': '\\|',
  '∥': '\\|',
  '⟦': '\\llbracket ',
  '⟧': '\\rrbracket ',
}
const delimiter = (sign: string): string => {
  const found = delimiters[sign] ?? mathCharacter(sign)
  return /\\[a-z]+$/i.test(found) ? `${found} ` : found
}

const matrixKinds: Readonly<Record<string, string>> = {
  '()': 'pmatrix',
  '[]': 'bmatrix',
  '{}': 'Bmatrix',
  '||': 'vmatrix',
  '‖‖': 'Vmatrix',
  '∥∥': 'Vmatrix',
}

/** A part that is nothing but one element of that name. */
function only(element: Xml | undefined, local: string): Xml | undefined {
  const inner = elements(element).filter((node) => node.local !== 'ctrlPr' && node.local !== 'argPr')
  return inner.length === 1 && inner[0]!.local === local ? inner[0] : undefined
}

function delimited(element: Xml): string {
  const open = property(element, 'begChr') ?? '('
  const close = property(element, 'endChr') ?? ')'
  const arguments_ = elements(element, 'e')
  if (arguments_.length === 1) {
    const matrix = only(arguments_[0], 'm')
    const kind = matrixKinds[open + close]
    if (matrix && kind) return environment(kind, rowsOf(matrix))
    const lines = only(arguments_[0], 'eqArr')
    if (lines && open === '{' && close === '') return environment('cases', linesOf(lines))
    const fraction = only(arguments_[0], 'f')
    if (fraction && open === '(' && close === ')' && property(fraction, 'type') === 'noBar')
      return `\\binom{${part(fraction, 'num')}}{${part(fraction, 'den')}}`
  }
  const separator = delimiter(property(element, 'sepChr') ?? '|')
  const bar = separator === ',' || separator === ';' ? separator : `\\middle${separator}`
  return `\\left${delimiter(open)}${arguments_.map(inside).join(bar)}\\right${delimiter(close).trimEnd()}`
}

const environment = (name: string, body: string): string => `\\begin{${name}}${body}\\end{${name}}`
const rowsOf = (matrix: Xml): string =>
  elements(matrix, 'mr')
    .map((row) => elements(row, 'e').map(inside).join(' & '))
    .join(' \\\\ ')
/** In an array of equations `&` marks where lines align and `#` parts the equation's number (MS-OI29500). */
const linesOf = (array: Xml): string =>
  elements(array, 'e')
    .map((line) => inside(line).replaceAll('\\&', '&').replace('\\#', '\\qquad '))
    .join(' \\\\ ')

function nary(element: Xml): string {
  const sign = mathCharacter(property(element, 'chr') ?? '∫')
  const limits = property(element, 'limLoc') === 'undOvr' && /^\\i*o?int$/.test(sign) ? '\\limits' : ''
  const low = isSet(element, 'subHide') ? '' : part(element, 'sub')
  const high = isSet(element, 'supHide') ? '' : part(element, 'sup')
  const body = part(element, 'e')
  const scripts_ = (low ? `_{${low}}` : '') + (high ? `^{${high}}` : '')
  return `${sign}${limits}${scripts_}${body ? `{${body}}` : ''}`
}

function fraction(element: Xml): string {
  const [above, below] = [part(element, 'num'), part(element, 'den')]
  const kind = property(element, 'type')
  if (kind === 'lin') return `${group(above)}/${group(below)}`
  if (kind === 'skw') return `{}^{${above}}/_{${below}}`
  if (kind === 'noBar') return `{${above} \\atop ${below}}`
  return `\\frac{${above}}{${below}}`
}

function functionOf(element: Xml): string {
  const name = part(element, 'fName').trim()
  const plain = /^\\mathrm\{([A-Za-z]+)\}$/.exec(name)?.[1] ?? name
  const body = part(element, 'e')
  const head = operator(plain)
  return /\\[a-zA-Z]+$/.test(head) && /^[a-zA-Z0-9]/.test(body) ? `${head} ${body}` : head + body
}

/** A base of one sign needs no braces. */
const base = (element: Xml): string => {
  const latex = part(element, 'e')
  return latex.length === 1 || /^\\[a-zA-Z]+$/.test(latex) ? latex : group(latex)
}

const writers: Readonly<Record<string, (element: Xml) => string>> = {
  r: run,
  f: fraction,
  d: delimited,
  nary,
  acc: accent,
  func: functionOf,
  groupChr: groupCharacter,
  limLow: (element) => limit(element, 'low'),
  limUpp: (element) => limit(element, 'upp'),
  bar: (element) =>
    `\\${property(element, 'pos') === 'top' ? 'overline' : 'underline'}{${part(element, 'e')}}`,
  borderBox: (element) => `\\boxed{${part(element, 'e')}}`,
  box: (element) => part(element, 'e'),
  phant: (element) =>
    property(element, 'show') !== undefined && !isSet(element, 'show')
      ? `\\phantom{${part(element, 'e')}}`
      : part(element, 'e'),
  rad: (element) => {
    const degree = isSet(element, 'degHide') ? '' : part(element, 'deg')
    return `\\sqrt${degree ? `[${degree}]` : ''}{${part(element, 'e')}}`
  },
  m: (element) => environment('matrix', rowsOf(element)),
  eqArr: (element) => environment('aligned', linesOf(element)),
  sSub: (element) => `${base(element)}_{${part(element, 'sub')}}`,
  sSup: (element) => `${base(element)}^{${part(element, 'sup')}}`,
  sSubSup: (element) => `${base(element)}_{${part(element, 'sub')}}^{${part(element, 'sup')}}`,
  sPre: (element) => `{}_{${part(element, 'sub')}}^{${part(element, 'sup')}}${base(element)}`,
}
