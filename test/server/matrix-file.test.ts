import { randomUUID } from 'node:crypto'
import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportedMatrix, MatrixRow } from '../../src/contract/proposals.ts'
import { type Caller, caller, convert, type TestHouse, testHouse } from './house.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const solicitation = `# Section L Instructions

The offeror shall submit the technical volume in PDF format to the contracting officer.

The technical volume must not exceed 20 pages including all figures and tables.

The offeror shall provide three references for work of similar size and scope.
`

let house: TestHouse
let browser: Caller
let rows: MatrixRow[]
let under: string

beforeAll(async () => {
  house = await testHouse()
  browser = caller(house.app)
  const { id } = await browser.data<{ id: string }>(browser.post('/api/proposals', { title: 'Harbour' }))
  under = `/api/proposals/${id}/matrix`
  const { conversion_id } = await convert(browser, solicitation, 'rfp.md')
  const { analysis_id } = await browser.data<{ analysis_id: string }>(
    browser.post('/api/rfp/compliance-matrix', { conversion_id }),
  )
  await browser.data(browser.post(under, { analysis_id }))
})
afterAll(() => house.close())

const readRows = async () => (await browser.data<{ items: MatrixRow[] }>(browser.get(under))).items
const change = (row: MatrixRow, values: Partial<MatrixRow>) =>
  browser.data(browser.put(`${under}/${row.id}`, { version: row.version, ...values }))
const take = (body: Buffer | string, query = '', type = xlsx) =>
  browser.data<ImportedMatrix>(browser.post(`${under}/import${query}`, body, { 'content-type': type }))

/** What a user does in Excel: finds the column by its head, and writes. */
async function edited(bytes: Buffer, edits: (sheet: excel.Worksheet, at: (head: string) => number) => void) {
  const book = new excel.Workbook()
  await book.xlsx.load(bytes as unknown as excel.Buffer) // its type is older than Node's
  const [sheet] = book.worksheets
  const heads = sheet!.getRow(1).values as string[] // the first row holds text
  edits(sheet!, (head) => heads.indexOf(head))
  return Buffer.from(await book.xlsx.writeBuffer())
}

test('a matrix edited in Excel comes back: told first, then taken, conflicts only when asked', async () => {
  rows = await readRows()
  expect(rows.length).toBeGreaterThanOrEqual(3)
  await change(rows[0]!, { notes: '=1+1 is text, too' })
  const { bytes, headers, status } = await browser.get(`${under}/download`)
  expect([status, headers['content-type']]).toEqual([200, xlsx])

  const unchanged = await take(bytes)
  expect(unchanged).toEqual({ applied: false, rows: 0, changes: [], conflicts: [], refused: [] })

  const file = await edited(bytes, (sheet, at) => {
    expect(sheet.getColumn(at('Row')).hidden).toBe(true)
    sheet.getCell(2, at('Status')).value = 'compliant'
    sheet.getCell(2, at('Response')).value = 'Volume II, 2.1'
    sheet.getCell(3, at('Notes')).value = 'written in Excel\nin two lines'
    sheet.getCell(4, at('Status')).value = 'finished'
    sheet.getCell(4, at('Owner')).value = 'Nobody Known'
    // A user sorts, leaves a line blank, and adds a row of their own.
    sheet.getCell(9, at('Requirement')).value = 'Something of our own'
  })
  await change(rows[1]!, { notes: 'written here meanwhile' })

  const told = await take(file)
  expect(told.changes.map(({ field, file: value }) => [field, value])).toEqual([
    ['status', 'compliant'],
    ['response_location', 'Volume II, 2.1'],
  ])
  expect(told.conflicts).toMatchObject([
    {
      row_id: rows[1]!.id,
      field: 'notes',
      current: 'written here meanwhile',
      file: 'written in Excel\nin two lines',
    },
  ])
  expect(told.refused).toEqual([
    'Line 4: “finished” is no status.',
    'Line 4: nobody here is called “Nobody Known”.',
    'Line 9: it is no row of this matrix.',
  ])
  expect((await readRows())[0]).toMatchObject({ status: 'open' })

  expect(await take(file, '?apply=true')).toMatchObject({ applied: true, rows: 1 })
  const [first, second] = await readRows()
  expect(first).toMatchObject({
    status: 'compliant',
    response_location: 'Volume II, 2.1',
    notes: '=1+1 is text, too',
  })
  expect(second).toMatchObject({ notes: 'written here meanwhile' })

  expect(await take(file, '?apply=true&conflicts=take')).toMatchObject({ rows: 1, changes: [] })
  expect((await readRows())[1]).toMatchObject({ notes: 'written in Excel\nin two lines' })
})

test('the same by CSV, whose cells that look like formulas come back as they were', async () => {
  const { text } = await browser.get(`${under}/download?format=csv`)
  expect(text).toContain(`'=1+1 is text, too`)
  expect(await take(text, '', 'text/csv')).toMatchObject({ changes: [], conflicts: [], refused: [] })
  const told = await take(text.replace(',Compliant,', ',Partial,'), '', 'text/csv')
  expect(told.changes).toMatchObject([{ row_id: rows[0]!.id, field: 'status', file: 'Partial' }])
})

test('an export is fetched anew when an owner has another name, and not when nothing changed', async () => {
  const first = await browser.get(`${under}/download?format=csv`)
  const again = (etag: unknown) =>
    browser.get(`${under}/download?format=csv`, { 'if-none-match': String(etag) })
  expect((await again(first.headers.etag)).status).toBe(304)
  const [owned] = await readRows()
  const { id } = await house.db.query
    .insertInto('users')
    .values({ id: randomUUID(), email: 'ann@example.com', name: 'Ann' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const setOwner = (owner_id: string | null) =>
    house.db.query.updateTable('matrix_rows').set({ owner_id }).where('id', '=', owned!.id).execute()
  await setOwner(id)
  const other = await again(first.headers.etag)
  expect(other.status).toBe(200)
  await setOwner(null)
})

test('a remark on a cell in Excel is no part of what the cell says', async () => {
  const { bytes } = await browser.get(`${under}/download`)
  const file = await edited(bytes, (sheet, at) => {
    sheet.getCell(3, at('Response')).note = 'Ann: is this the right volume?'
    sheet.getCell(3, at('Notes')).note = 'Please check.'
  })
  expect(await take(file)).toMatchObject({ rows: 0, changes: [], conflicts: [], refused: [] })
})

test('a file of rows that are none of this matrix is told once, not a thousand times', async () => {
  const { text } = await browser.get(`${under}/download?format=csv`)
  const [head] = text.split('\n')
  const strange = Array.from({ length: 1000 }, (_, index) => `${index},L.1,1,Something of our own`)
  const told = await take([head, ...strange].join('\n'), '', 'text/csv')
  expect(told.refused).toHaveLength(201)
  expect(told.refused.at(-1)).toBe('And 800 more.')
})

test('a file that is no export is refused with what to do', async () => {
  const wrong = await browser.post(`${under}/import`, 'a,b\n1,2\n', { 'content-type': 'text/csv' })
  expect([wrong.status, wrong.json.error]).toEqual([400, 'validation_error'])
  const damaged = await browser.post(`${under}/import`, Buffer.from('PK\u0003\u0004 cut'), {
    'content-type': xlsx,
  })
  expect(damaged.status).toBe(422)
  const nothing = await browser.post(`${under}/import`, { rows: [] })
  expect(nothing.json).toMatchObject({
    error: 'validation_error',
    message: 'The request holds no spreadsheet.',
  })
})
