/** MathML (Presentation, MathML 3 chapter 3) to LaTeX. Recursion is bounded by the depth of the parsed tree. */
import { elements, type Xml, xmlText } from '../io/xml.ts'
import { joinMath, mathText, plainMathText } from './ooxml/math-characters.ts'

/** The formula's own TeX when it carries one, else its structure written anew. */
export function mathmlToLatex(math: Xml): string {
  return tidy(stated(math) ?? row(math))
}

/** TeX that the writing program left in an annotation. */
function stated(math: Xml): string | undefined {
  const stack = [math]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.local === 'annotation' && /tex/i.test(node.attributes.encoding ?? '')) {
      const tex = xmlText(node).trim()
      if (tex !== '') return tex
    }
    stack.push(...elements(node))
  }
  return undefined
}

const tidy = (latex: string): string =>
  latex
    .replace(/^\{\\displaystyle ([\s\S]*)\}$/, '$1')
    .replace(/[ \t\n]+/g, ' ')
    .trim()

/** Functions that LaTeX has a command for. */
const functions: ReadonlySet<string> = new Set(
  'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh'.split(
    ' ',
  ),
)

/** Marks over a base (MathML `mover`, OMML `acc`). */
const accents: Readonly<Record<string, string>> = {
  '^': 'hat',
  ˆ: 'hat',
  '̂': 'hat',
  '~': 'tilde',
  '˜': 'tilde',
  '̃': 'tilde',
  '¯': 'overline',
  '‾': 'overline',
  '̅': 'overline',
  _: 'overline',
  '→': 'vec',
  '⃗': 'vec',
  '˙': 'dot',
  '.': 'dot',
  '̇': 'dot',
  '¨': 'ddot',
  '̈': 'ddot',
  ˇ: 'check',
  '⏞': 'overbrace',
}

type Write = (node: Xml) => string

const children = (node: Xml): Xml[] => elements(node).filter(({ local }) => !local.startsWith('annotation'))
const nth = (node: Xml, index: number): string => {
  const child = children(node)[index]
  return child ? write(child) : ''
}

const row = (node: Xml): string => joinMath(children(node).map(write))

const braced = (latex: string): string => `{${latex}}`

const base = (node: Xml): string => {
  const latex = nth(node, 0)
  return /^(\w|\\[A-Za-z]+|\{.*\}|\\left.*\\right.)$/s.test(latex)
    ? latex
    : latex === ''
      ? '{}'
      : braced(latex)
}

const over: Write = (node) => {
  const mark = children(node)[1]
  const accent = mark ? accents[xmlText(mark).trim()] : undefined
  if (accent) return `\\${accent}${braced(nth(node, 0))}`
  return `${isLimits(node) ? nth(node, 0) : `\\overset${braced(nth(node, 1))}${braced(nth(node, 0))}`}${isLimits(node) ? `^${braced(nth(node, 1))}` : ''}`
}

const under: Write = (node) =>
  isLimits(node)
    ? `${nth(node, 0)}_${braced(nth(node, 1))}`
    : `\\underset${braced(nth(node, 1))}${braced(nth(node, 0))}`

/** Sums, integrals, limits: what stands under and over are their limits. */
const isLimits = (node: Xml): boolean =>
  /^\\(sum|prod|coprod|i*int|oint|big\w+|lim|limsup|liminf|max|min|sup|inf|det|gcd|Pr)$/.test(
    nth(node, 0).trim(),
  )

const matrix: Write = (node) =>
  `\\begin{matrix}${children(node)
    .map((tr) => children(tr).map(write).join(' & '))
    .join(' \\\\ ')}\\end{matrix}`

const fenced: Write = (node) => {
  const open = mathText(node.attributes.open ?? '(')
  const close = mathText(node.attributes.close ?? ')')
  const marks = [...(node.attributes.separators ?? ',').replace(/\s/g, '')]
  const inside = children(node)
    .map((child, at) => (at === 0 ? '' : (marks[Math.min(at, marks.length) - 1] ?? '')) + write(child))
    .join('')
  return `\\left${open === '' ? '.' : open}${inside}\\right${close === '' ? '.' : close}`
}

const scripts: Write = (node) => {
  const parts = children(node)
  const split = parts.findIndex(({ local }) => local === 'mprescripts')
  const [first, ...after] = split < 0 ? parts : parts.slice(0, split)
  const before = split < 0 ? [] : parts.slice(split + 1)
  const pairs = (list: Xml[]) =>
    list.map((part, at) => {
      const latex = write(part)
      return latex === '' ? '' : `${at % 2 === 0 ? '_' : '^'}${braced(latex)}`
    })
  const pre = pairs(before).join('')
  return `${pre === '' ? '' : `{}${pre}`}${first ? write(first) : ''}${pairs(after).join('')}`
}

const variants: Readonly<Record<string, string>> = {
  bold: 'mathbf',
  'double-struck': 'mathbb',
  script: 'mathcal',
  fraktur: 'mathfrak',
  'sans-serif': 'mathsf',
  monospace: 'mathtt',
}

const identifier: Write = (node) => {
  const name = xmlText(node).trim()
  const variant = variants[node.attributes.mathvariant ?? '']
  if (variant) return `\\${variant}${braced(mathText(name))}`
  if (functions.has(name)) return `\\${name} `
  return [...name].length > 1 && /^[A-Za-z]+$/.test(name) ? `\\mathrm${braced(name)}` : mathText(name)
}

const writers: Readonly<Record<string, Write>> = {
  mi: identifier,
  mn: (node) => mathText(xmlText(node).trim()),
  mo: (node) => {
    const sign = xmlText(node).trim()
    return functions.has(sign) ? `\\${sign} ` : mathText(sign)
  },
  mtext: (node) => (xmlText(node).trim() === '' ? '\\ ' : plainMathText(xmlText(node))),
  ms: (node) => plainMathText(xmlText(node)),
  mspace: () => '\\ ',
  mphantom: () => '',
  none: () => '',
  mfrac: (node) => `\\frac${braced(nth(node, 0))}${braced(nth(node, 1))}`,
  msqrt: (node) => `\\sqrt${braced(row(node))}`,
  mroot: (node) => `\\sqrt[${nth(node, 1)}]${braced(nth(node, 0))}`,
  msup: (node) => `${base(node)}^${braced(nth(node, 1))}`,
  msub: (node) => `${base(node)}_${braced(nth(node, 1))}`,
  msubsup: (node) => `${base(node)}_${braced(nth(node, 1))}^${braced(nth(node, 2))}`,
  mover: over,
  munder: under,
  munderover: (node) => `${nth(node, 0).trim()}_${braced(nth(node, 1))}^${braced(nth(node, 2))}`,
  mmultiscripts: scripts,
  mtable: matrix,
  mfenced: fenced,
  semantics: (node) => nth(node, 0),
}

function write(node: Xml): string {
  return (writers[node.local] ?? row)(node)
}
