import { expect, test } from 'vitest'
import { parseXml } from '../../../../src/core/io/xml.ts'
import { defaultLimits } from '../../../../src/core/limits.ts'
import { ommlToLatex } from '../../../../src/core/readers/ooxml/omml.ts'

const t = (text: string, properties = '') =>
  `<m:r>${properties && `<m:rPr>${properties}</m:rPr>`}<m:t>${text}</m:t></m:r>`
const e = (inner: string, name = 'e') => `<m:${name}>${inner}</m:${name}>`
const latex = (inner: string) =>
  ommlToLatex(parseXml(`<m:oMath xmlns:m="m">${inner}</m:oMath>`, defaultLimits))

test.each([
  ['letters and signs', t('a≤α'), 'a\\leq\\alpha'],
  ['a command is kept from a letter', t('α') + t('x'), '\\alpha x'],
  ['marks of LaTeX are text', t('50%#'), '50\\%\\#'],
  ['scripts that were typed', t('x^2'), 'x^2'],
  ['words', t('if ', '<m:nor/>'), '\\text{if }'],
  ['upright words', t('rate', '<m:sty m:val="p"/>'), '\\mathrm{rate}'],
  ['bold', t('v', '<m:sty m:val="b"/>'), '\\mathbf{v}'],
  ['double-struck', t('R', '<m:scr m:val="double-struck"/>'), '\\mathbb{R}'],
  ['letters of the mathematical alphabets', t('𝑥𝐀'), 'x\\mathbf{A}'],
  ['fraction', `<m:f>${e(t('a'), 'num')}${e(t('b'), 'den')}</m:f>`, '\\frac{a}{b}'],
  [
    'fraction in line',
    `<m:f><m:fPr><m:type m:val="lin"/></m:fPr>${e(t('a'), 'num')}${e(t('b'), 'den')}</m:f>`,
    '{a}/{b}',
  ],
  ['superscript', `<m:sSup>${e(t('x'))}${e(t('2'), 'sup')}</m:sSup>`, 'x^{2}'],
  ['subscript of more', `<m:sSub>${e(t('ab'))}${e(t('i'), 'sub')}</m:sSub>`, '{ab}_{i}'],
  ['both', `<m:sSubSup>${e(t('x'))}${e(t('i'), 'sub')}${e(t('2'), 'sup')}</m:sSubSup>`, 'x_{i}^{2}'],
  ['before', `<m:sPre>${e(t('1'), 'sub')}${e(t('2'), 'sup')}${e(t('X'))}</m:sPre>`, '{}_{1}^{2}X'],
  ['root', `<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>${e(t('x'))}</m:rad>`, '\\sqrt{x}'],
  ['third root', `<m:rad>${e(t('3'), 'deg')}${e(t('x'))}</m:rad>`, '\\sqrt[3]{x}'],
  ['brackets', `<m:d>${e(t('x'))}</m:d>`, '\\left(x\\right)'],
  [
    'one bracket',
    `<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr>${e(t('x'))}</m:d>`,
    '\\left[x\\right.',
  ],
  [
    'sum',
    `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>${e(t('i=1'), 'sub')}${e(t('n'), 'sup')}${e(t('i'))}</m:nary>`,
    '\\sum_{i=1}^{n}{i}',
  ],
  [
    'integral, which needs no sign',
    `<m:nary><m:naryPr><m:subHide m:val="1"/><m:supHide m:val="1"/></m:naryPr><m:sub/><m:sup/>${e(t('f'))}</m:nary>`,
    '\\int{f}',
  ],
  [
    'function',
    `<m:func>${e(t('log', '<m:sty m:val="p"/>'), 'fName')}${e(`<m:d>${e(t('x'))}</m:d>`)}</m:func>`,
    '\\log\\left(x\\right)',
  ],
  [
    'limit',
    `<m:func>${e(`<m:limLow>${e(t('lim', '<m:sty m:val="p"/>'))}${e(t('n→∞'), 'lim')}</m:limLow>`, 'fName')}${e(t('x'))}</m:func>`,
    '\\lim_{n\\rightarrow\\infty}x',
  ],
  ['hat', `<m:acc>${e(t('x'))}</m:acc>`, '\\hat{x}'],
  ['vector', `<m:acc><m:accPr><m:chr m:val="\u20d7"/></m:accPr>${e(t('v'))}</m:acc>`, '\\vec{v}'],
  ['bar', `<m:bar><m:barPr><m:pos m:val="top"/></m:barPr>${e(t('x'))}</m:bar>`, '\\overline{x}'],
  [
    'brace below',
    `<m:limLow>${e(`<m:groupChr>${e(t('a'))}</m:groupChr>`)}${e(t('n'), 'lim')}</m:limLow>`,
    '\\underbrace{a}_{n}',
  ],
  [
    'matrix in brackets',
    `<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>${e(`<m:m><m:mr>${e(t('a'))}${e(t('b'))}</m:mr><m:mr>${e(t('c'))}${e(t('d'))}</m:mr></m:m>`)}</m:d>`,
    '\\begin{bmatrix}a & b \\\\ c & d\\end{bmatrix}',
  ],
  [
    'cases',
    `<m:d><m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr>${e(`<m:eqArr>${e(t('a'))}${e(t('b'))}</m:eqArr>`)}</m:d>`,
    '\\begin{cases}a \\\\ b\\end{cases}',
  ],
  [
    'aligned lines',
    `<m:eqArr>${e(t('x&amp;=1'))}${e(t('y&amp;=2'))}</m:eqArr>`,
    '\\begin{aligned}x&=1 \\\\ y&=2\\end{aligned}',
  ],
  [
    'binomial',
    `<m:d>${e(`<m:f><m:fPr><m:type m:val="noBar"/></m:fPr>${e(t('n'), 'num')}${e(t('k'), 'den')}</m:f>`)}</m:d>`,
    '\\binom{n}{k}',
  ],
  ['box', `<m:borderBox>${e(t('x'))}</m:borderBox>`, '\\boxed{x}'],
])('%s', (_, inner, expected) => {
  expect(latex(inner)).toBe(expected)
})
