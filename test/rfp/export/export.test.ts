import { describe, expect, test } from 'vitest'
import { convert, inlineText, type Table, walk } from '../../../src/core/index.ts'
import { type ExportFormat, exportFormats } from '../../../src/rfp/findings.ts'
import { exportAnalysis } from '../../../src/rfp/index.ts'
import { analyzed } from '../solicitation.ts'

const analysis = analyzed(`
# Request for Proposals: Records Portal
Solicitation No. RP-2026-0044
## 2. Scope of Work
The Contractor shall host the portal.
## 3. Instructions to Proposers
Proposals must be received no later than 4:00 p.m. Eastern time on July 10, 2026.
Questions must be submitted by e-mail to buyer@exampleton.gov by March 20, 2026.
The proposal shall not exceed 20 pages, in 11-point font with 1-inch margins.
Your proposal shall contain the following sections, in this order:
1. Cover Letter
2. Technical Approach
Describe your experience; use "quotes", commas, and umlauts (größer).
## 4. Evaluation Criteria
Proposals will be scored as follows:
* Technical Approach: 60 points
* Price: 40 points
`)
const nothing = analyzed('Nothing is asked here.')
const [row] = analysis.compliance_matrix
const hostile = {
  ...analysis,
  compliance_matrix: [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    'a\u0001b\ud800',
    'x'.repeat(40_000),
  ].map((requirement_text, index) => ({ ...row!, requirement_id: `R-${index}`, requirement_text })),
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe.each(exportFormats)('%s', (format) => {
  const how = { type: format === 'csv' ? 'compliance-matrix' : 'all' } as const
  test('has the same bytes twice', async () => {
    expect(await exportAnalysis(analysis, format, how)).toEqual(await exportAnalysis(analysis, format, how))
  })
  test('an empty analysis can be had too', async () => {
    expect((await exportAnalysis(nothing, format, how)).byteLength).toBeGreaterThan(10)
  })
})

const tablesOf = async (format: ExportFormat, given = analysis): Promise<string[][][]> => {
  const bytes = await exportAnalysis(given, format)
  const { doc } = await convert(bytes, { name: `a.${format}` })
  const plain = (table: Table) =>
    table.rows.map(({ cells }) =>
      cells.map(({ blocks }) =>
        blocks.map((one) => ('content' in one ? inlineText(one.content) : '')).join(' '),
      ),
    )
  return [...walk(doc)].filter((block) => block.type === 'table').map(plain)
}

describe('a workbook', () => {
  test('holds every row of every result, read back by our own reader', async () => {
    const tables = await tablesOf('xlsx')
    const requirements = tables.find(([head]) => head!.includes('Requirement'))!
    const at = requirements[0]!.indexOf('Requirement')
    expect(requirements.slice(1).map((cells) => cells[at])).toEqual(
      analysis.compliance_matrix.map(({ requirement_text }) => requirement_text),
    )
    expect(tables.find(([head]) => head!.includes('Points'))).toHaveLength(3)
  })

  test('runs no text as a formula, and holds what no cell can hold cut with a mark', async () => {
    const bytes = await exportAnalysis(hostile, 'xlsx')
    const { openZip } = await import('../../../src/core/io/zip.ts')
    const { defaultLimits } = await import('../../../src/core/limits.ts')
    const zip = await openZip(bytes, defaultLimits)
    const sheet = text((await zip.read('xl/worksheets/sheet1.xml'))!)
    expect(sheet).not.toContain('<f>')
    expect(sheet).toContain('state="frozen"')
    expect(sheet).toContain('<autoFilter')
    expect(sheet).toMatch(/<col [^>]*hidden="1"/)
    const words = text((await zip.read('xl/sharedStrings.xml'))!)
    expect(words).toContain('>=1+1<')
    expect(words).toContain('[…]')
  })

  test('prints across the sheet with its head on every page, each row as tall as its text', async () => {
    const long = { ...analysis, compliance_matrix: [{ ...row!, requirement_text: 'word '.repeat(100) }] }
    const bytes = await exportAnalysis(long, 'xlsx', { type: 'compliance-matrix' })
    const { openZip } = await import('../../../src/core/io/zip.ts')
    const { defaultLimits } = await import('../../../src/core/limits.ts')
    const zip = await openZip(bytes, defaultLimits)
    const sheet = text((await zip.read('xl/worksheets/sheet1.xml'))!)
    expect(sheet).toMatch(/<pageSetup [^>]*orientation="landscape"/)
    expect(sheet).toMatch(/<row r="2" [^>]*ht="105"/)
    // Excel fits a row again when somebody writes in it.
    expect(sheet).not.toMatch(/<row [^>]*customHeight/)
    const book = text((await zip.read('xl/workbook.xml'))!)
    expect(book).toMatch(/Print_Titles[^>]*>[^<]*!\$1:\$1</)
    expect(book).toMatch(/Print_Area[^>]*>[^<]*!\$A\$1:\$K\$2</)
  })

  test('links pages to the source', async () => {
    const paged = { ...analysis, compliance_matrix: [{ ...row!, page: 7 }] }
    const bytes = await exportAnalysis(paged, 'xlsx', {
      type: 'compliance-matrix',
      source: 'https://x.example/rfp.pdf',
    })
    const { output } = await convert(bytes, { name: 'a.xlsx' })
    expect(output).toContain('https://x.example/rfp.pdf#page=7')
  })
})

describe('CSV', () => {
  const csv = async (given = analysis) =>
    text(await exportAnalysis(given, 'csv', { type: 'compliance-matrix' }))

  test('starts with a byte order mark, ends lines as RFC 4180 says, and reads back', async () => {
    const bytes = await exportAnalysis(analysis, 'csv', { type: 'compliance-matrix' })
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(text(bytes)).toContain('\r\n')
    const { output } = await convert(bytes, { name: 'a.csv' })
    expect(output).toContain('use "quotes", commas, and umlauts (größer)')
  })

  test('runs no text as a formula', async () => {
    const cells = (await csv(hostile)).split('\r\n').slice(1, 7)
    for (const line of cells) expect(line).toMatch(/,"?'[\s]*[=+\-@]/)
  })

  test('holds one table: all four are refused with the way out', async () => {
    await expect(exportAnalysis(analysis, 'csv')).rejects.toMatchObject({ code: 'bad_option' })
  })
})

describe('the annotated outline', () => {
  test('is a Word document with headings, boxes and places to write', async () => {
    const bytes = await exportAnalysis(analysis, 'docx', { type: 'annotated-outline' })
    const { doc } = await convert(bytes, { name: 'a.docx' })
    const headings = [...walk(doc)].flatMap((one) =>
      one.type === 'heading' ? [[one.level, inlineText(one.content)]] : [],
    )
    expect(headings.slice(0, 4)).toEqual([
      [1, 'Response to Request for Proposals: Records Portal'],
      [2, 'Rules for the whole response'],
      [2, '1 Cover Letter'],
      [2, '2 Technical Approach'],
    ])
    const { output } = await convert(bytes, { name: 'a.docx', to: 'text' })
    expect(output).toContain('[Write here]')
    expect(output).toContain('20 pages')
    expect(output).toContain('60 points')
  })

  test('as Markdown too, and no duty of the bidder is lost on the way', async () => {
    const output = text(await exportAnalysis(analysis, 'markdown', { type: 'annotated-outline' }))
    const duties = analysis.compliance_matrix.filter(({ actor }) => actor === 'offeror')
    const plain = (words: string) => words.replace(/[^\p{L}\p{N}]+/gu, '')
    for (const { requirement_text } of duties) expect(plain(output)).toContain(plain(requirement_text))
  })
})

describe('the calendar', () => {
  const unfolded = (given: Uint8Array) => text(given).replaceAll('\r\n ', '')

  test('holds the due date in UTC when the zone is known', async () => {
    const ics = unfolded(await exportAnalysis(analysis, 'ics'))
    expect(ics).toContain('DTSTART:20260710T200000Z')
    expect(ics).toContain('DTSTART;VALUE=DATE:20260320')
    for (const line of text(await exportAnalysis(analysis, 'ics')).split('\r\n'))
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })

  test.each([
    ['2026-01-10 16:00 EST', 'DTSTART:20260110T210000Z', ''],
    ['2026-07-10 16:00', 'DTSTART:20260710T160000', 'states no time zone'],
    ['2026-07-10 16:00 local time', 'DTSTART:20260710T160000', 'that of "local time"'],
    ['2026-02-30 16:00 ET', 'END:VCALENDAR', ''],
    ['TBD', 'END:VCALENDAR', ''],
  ])('%s becomes %s', async (value, start, note) => {
    const [due] = analysis.submission_checklist.filter(({ kind }) => kind === 'due_date')
    const ics = unfolded(
      await exportAnalysis({ ...analysis, submission_checklist: [{ ...due!, value }] }, 'ics'),
    )
    expect(ics).toContain(`${start}\r\n`)
    expect(ics).toContain(note)
  })
})
