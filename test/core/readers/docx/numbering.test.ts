import { describe, expect, test } from 'vitest'
import { plainText, walk } from '../../../../src/core/index.ts'
import { formatNumber } from '../../../../src/core/readers/ooxml/number-formats.ts'
import { abstractNum, headingStyles, num, numbered, p, read } from './make-docx.ts'

/** The numbers that Word prints, in order: labels of items, numbers of headings and paragraphs. */
async function labels(numbering: string, body: string, styles?: string): Promise<string[]> {
  const doc = await read({ body, numbering, ...(styles === undefined ? {} : { styles }) })
  const out: string[] = []
  for (const block of walk(doc)) {
    if (block.type === 'heading') out.push(plainText(block))
    if (block.type !== 'list') continue
    // Items of a list come before those of the lists inside them: order by place.
    for (const item of block.items)
      out.push(`${item.at.path!.split('#p')[1]!.padStart(4, '0')} ${item.label ?? '•'}`)
  }
  const items = out.filter((line) => /^\d{4} /.test(line)).sort()
  return items.length > 0 ? items.map((line) => line.slice(5)) : out
}

const outline = [{ text: '%1.' }, { text: '%1.%2' }, { text: '%1.%2.%3' }]
const at = (levels: readonly number[], numId = 1): string =>
  levels.map((level, index) => numbered(`t${index}`, level, numId)).join('')

describe('automatic numbers', () => {
  test.each([
    ['counts a level and restarts the ones below', [0, 1, 1, 0, 1], ['1.', '1.1', '1.2', '2.', '2.1']],
    ['goes three deep', [0, 1, 2, 2, 1, 2], ['1.', '1.1', '1.1.1', '1.1.2', '1.2', '1.2.1']],
    // Microsoft KB Q110380: a skipped level counts as used once.
    ['counts a skipped level once', [0, 2, 1], ['1.', '1.1.1', '1.2']],
    ['counts a skipped first level once', [1, 1, 0], ['1.1', '1.2', '2.']],
  ])('%s', async (_, levels, expected) => {
    expect(await labels(abstractNum(0, outline) + num(1, 0), at(levels))).toEqual(expected)
  })

  test.each([
    ['formats of upper levels are kept', '', ['I.', 'I.a', 'I.b']],
    ['legal numbering prints them in decimal (17.9.4)', '<w:isLgl/>', ['I.', '1.1', '1.2']],
  ])('%s', async (_, more, expected) => {
    const levels = [
      { text: '%1.', format: 'upperRoman' },
      { text: '%1.%2', format: 'lowerLetter', more },
    ]
    expect(await labels(abstractNum(0, levels) + num(1, 0), at([0, 1, 1]))).toEqual(expected)
  })

  test.each([
    // [lvlRestart, levels used, printed]
    ['0: never (17.9.10)', 0, ['1.', '1.1', '2.', '2.2']],
    ['absent: after any level above', undefined, ['1.', '1.1', '2.', '2.1']],
    ['1: after the first level', 1, ['1.', '1.1', '2.', '2.1']],
  ])('restart %s', async (_, restart, expected) => {
    const more = restart === undefined ? '' : `<w:lvlRestart w:val="${restart}"/>`
    const levels = [{ text: '%1.' }, { text: '%1.%2', more }]
    expect(await labels(abstractNum(0, levels) + num(1, 0), at([0, 1, 0, 1]))).toEqual(expected)
  })

  test('a third level that restarts after the first only goes on past the second', async () => {
    const levels = [
      { text: '%1.' },
      { text: '%1.%2' },
      { text: '(%3)', format: 'lowerLetter', more: '<w:lvlRestart w:val="1"/>' },
    ]
    expect(await labels(abstractNum(0, levels) + num(1, 0), at([0, 1, 2, 1, 2, 0, 2]))).toEqual([
      '1.',
      '1.1',
      '(a)',
      '1.2',
      '(b)',
      '2.',
      '(a)',
    ])
  })

  test('instances of one definition count on together', async () => {
    const numbering = abstractNum(0, outline) + num(1, 0) + num(2, 0)
    expect(await labels(numbering, at([0, 0], 1) + at([0], 2))).toEqual(['1.', '2.', '3.'])
  })

  test('an instance with a start of its own restarts when it is first used (17.9.27)', async () => {
    const override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    const numbering = abstractNum(0, outline) + num(1, 0) + num(2, 0, override)
    expect(await labels(numbering, at([0, 0], 1) + at([0, 0], 2) + at([0], 1))).toEqual([
      '1.',
      '2.',
      '5.',
      '6.',
      '7.',
    ])
  })

  test('an instance may define a level anew (17.9.5)', async () => {
    const override =
      '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>'
    expect(await labels(abstractNum(0, outline) + num(1, 0, override), at([0, 0]))).toEqual(['A)', 'B)'])
  })

  test('a definition that stands for a numbering style takes that style’s levels (17.9.21)', async () => {
    const link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
    const styles =
      '<w:style w:type="numbering" w:styleId="Legal"><w:name w:val="Legal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    const numbering = abstractNum(0, [{ text: 'Article %1' }]) + link + num(1, 0) + num(2, 1)
    expect(await labels(numbering, at([0, 0], 2), styles)).toEqual(['Article 1', 'Article 2'])
  })

  test('a heading takes the level that is linked to its style (17.9.23)', async () => {
    const linked = (level: number) => `<w:pStyle w:val="Heading${level}"/>`
    const numbering =
      abstractNum(0, [
        { text: '%1', more: linked(1) },
        { text: '%1.%2', more: linked(2) },
      ]) + num(1, 0)
    const styles = [1, 2]
      .map(
        (level) =>
          `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="${level - 1}"/></w:pPr></w:style>`,
      )
      .join('')
    const style = (level: number) => `<w:pStyle w:val="Heading${level}"/>`
    const body = p('Scope', style(1)) + p('Purpose', style(2)) + p('Terms', style(2)) + p('Award', style(1))
    expect(await labels(numbering, body, styles)).toEqual(['1 Scope', '1.1 Purpose', '1.2 Terms', '2 Award'])
  })

  test('number 0 takes the numbering of the style away (17.9.18)', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    const body =
      p('One', '<w:pStyle w:val="Heading1"/>') +
      p('None', '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="0"/></w:numPr>') +
      p('Two', '<w:pStyle w:val="Heading1"/>')
    expect(await labels(abstractNum(0, outline) + num(1, 0), body, styles)).toEqual([
      '1. One',
      'None',
      '2. Two',
    ])
  })

  test('an RFP’s section letters stay in front of a heading, and in its number', async () => {
    const numbering = abstractNum(0, [{ text: 'L.%1', start: 4 }]) + num(1, 0)
    const doc = await read({
      body: p('Proposal format', '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="1"/></w:numPr>'),
      numbering,
      styles: headingStyles,
    })
    const [block] = doc.blocks
    expect(block).toMatchObject({ type: 'heading', level: 1, number: 'L.4' })
    expect(plainText(block!)).toBe('L.4 Proposal format')
  })

  test('an empty paragraph is counted, as its number is printed', async () => {
    const body = numbered('one') + numbered('') + numbered('three')
    expect(await labels(abstractNum(0, outline) + num(1, 0), body)).toEqual(['1.', '3.'])
  })

  test('a custom pattern pads with zeros', async () => {
    const level =
      '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="REQ-%1"/></w:lvl>'
    const numbering = `<w:abstractNum w:abstractNumId="0">${level}</w:abstractNum>${num(1, 0)}`
    expect(await labels(numbering, at([0, 0]))).toEqual(['REQ-007', 'REQ-008'])
  })
})

describe('number formats (17.18.59)', () => {
  test.each([
    ['decimal', 12, '12'],
    ['decimalZero', 3, '03'],
    ['decimalZero', 12, '12'],
    ['upperRoman', 1994, 'MCMXCIV'],
    ['lowerRoman', 4, 'iv'],
    ['upperLetter', 26, 'Z'],
    ['upperLetter', 28, 'BB'],
    ['lowerLetter', 53, 'aaa'],
    ['ordinal', 1, '1st'],
    ['ordinal', 12, '12th'],
    ['ordinal', 23, '23rd'],
    ['cardinalText', 21, 'Twenty-one'],
    ['cardinalText', 105, 'One hundred five'],
    ['ordinalText', 1, 'First'],
    ['ordinalText', 20, 'Twentieth'],
    ['ordinalText', 32, 'Thirty-second'],
    ['hex', 255, 'FF'],
    ['chicago', 3, '‡'],
    ['chicago', 5, '**'],
    ['numberInDash', 7, '- 7 -'],
    ['russianLower', 3, 'в'],
    ['hebrew1', 15, 'טו'],
    ['hebrew1', 22, 'כב'],
    ['arabicAbjad', 2, 'ب'],
    ['decimalEnclosedCircle', 3, '③'],
    ['decimalEnclosedCircle', 21, '21'],
    ['decimalFullWidth', 12, '１２'],
    ['ideographDigital', 10, '一〇'],
    ['japaneseCounting', 11, '十一'],
    ['chineseCountingThousand', 101, '一百零一'],
    ['chineseCountingThousand', 12, '十二'],
    ['chineseLegalSimplified', 10, '壹拾'],
    ['koreanLegal', 21, '스물하나'],
    ['koreanDigital', 12, '일이'],
    ['ganada', 2, '나'],
    ['ideographTraditional', 2, '乙'],
    ['ideographZodiacTraditional', 13, '丙子'],
    ['thaiNumbers', 12, '๑๒'],
    ['hindiNumbers', 12, '१२'],
    ['vietnameseCounting', 21, 'hai mươi mốt'],
    ['a format of tomorrow', 9, '9'],
  ])('%s of %i is %s', (format, value, expected) => {
    expect(formatNumber(value, format)).toBe(expected)
  })
})
