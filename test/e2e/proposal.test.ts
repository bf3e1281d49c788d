/** Two people at one matrix, and the matrix in a spreadsheet. */
import { readFile } from 'node:fs/promises'
import excel from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { barriers } from './barriers.ts'
import { call, pick, raiseStage, type Stage, signUp, skipsBrowser } from './browser.ts'

const solicitation = `# Section L Instructions

L.1 The offeror shall submit a technical volume in PDF format.

L.2 The offeror shall provide three references for work of similar size.

L.3 The offeror must hold a valid licence on the due date.
`

describe.skipIf(skipsBrowser)('a proposal', () => {
  let stage: Stage
  let ada: Page
  let ben: Page
  let complaints: string[]
  let address: string

  beforeAll(async () => {
    stage = await raiseStage()
    const opened = await stage.open()
    ada = opened.page
    complaints = opened.complaints
    ben = (await stage.open()).page
    await ben.context().clearCookies()
    await signUp(ada, 'Ada Byron', 'ada@example.com')
    await signUp(ben, 'Ben Woo', 'ben@example.com')
    const team = await call<{ id: string }>(ada, 'POST', '/api/teams', { name: 'Bids' })
    const invited = { email: 'ben@example.com', role: 'editor' }
    await call(ada, 'POST', `/api/teams/${team.id}/invitations`, invited)
    const token = () => /\/join\?token=([\w.~%-]+)/.exec(stage.log())?.[1]
    await vi.waitUntil(token)
    await call(ben, 'POST', '/api/teams/join', { token: token() })

    await pick(ada, [{ name: 'harbour.md', bytes: solicitation }])
    await ada.waitForURL(/\/documents\//)
    await ada.getByText('three references').first().waitFor()
    const conversion_id = ada.url().split('/').at(-1)!.split('?')[0]
    const { analysis_id } = await call<{ analysis_id: string }>(ada, 'POST', '/api/rfp/compliance-matrix', {
      conversion_id,
    })
    const proposal = await call<{ id: string }>(ada, 'POST', '/api/proposals', {
      title: 'Harbour',
      team_id: team.id,
    })
    await call(ada, 'POST', `/api/proposals/${proposal.id}/matrix`, { analysis_id })
    address = `/proposals/${proposal.id}`
  }, 60_000)
  afterAll(() => stage?.close())

  const openRow = async (page: Page, text: string) => {
    await page.goto(address)
    await page.getByRole('tab', { name: /Matrix/ }).click()
    await page.getByText(text).first().click()
    return page.getByRole('textbox', { name: /^Notes on/ })
  }

  test('two people edit one row: the second sees both texts and chooses', async () => {
    const [hers, his] = [await openRow(ada, 'three references'), await openRow(ben, 'three references')]
    await hers.fill('Ask the port authority.')
    await his.fill('Ask the harbour master.')
    await hers.blur()
    await ada.getByText('History').first().waitFor()
    await his.blur()
    const alert = ben.getByRole('alert').filter({ hasText: 'changed this row while you were editing it' })
    await alert.waitFor()
    for (const text of ['Ada Byron', 'Ask the port authority.', 'Ask the harbour master.'])
      await alert.getByText(text).waitFor()
    expect(await barriers(ben)).toEqual([])
    await alert.getByRole('button', { name: 'Write mine over it' }).click()
    await alert.waitFor({ state: 'hidden' })
    const again = await openRow(ada, 'three references')
    await expect.poll(() => again.inputValue()).toBe('Ask the harbour master.')
  })

  test('a matrix edited in Excel comes back: what would change is shown first, a conflict with both values', async () => {
    await ada.getByRole('button', { name: 'Export, import, or add rows' }).click()
    const [download] = await Promise.all([
      ada.waitForEvent('download'),
      ada.getByRole('menuitem', { name: 'Export as Excel' }).click(),
    ])
    const book = new excel.Workbook()
    await book.xlsx.load((await readFile(await download.path())) as never) // its type is older than Node's
    const sheet = book.worksheets[0]!
    const heads = sheet.getRow(1).values as string[] // the first row holds text
    sheet.getCell(2, heads.indexOf('Status')).value = 'Compliant'
    sheet.getCell(4, heads.indexOf('Notes')).value = 'Renewed in May.'
    const his = await openRow(ben, 'valid licence')
    await his.fill('Renewed in June.')
    await his.blur()
    await ben.getByText('History').first().waitFor()

    await ada.getByRole('button', { name: 'Export, import, or add rows' }).click()
    await ada.getByRole('menuitem', { name: 'Import from a spreadsheet…' }).click()
    const dialog = ada.getByRole('dialog')
    await dialog.getByLabel('The file').setInputFiles({
      name: 'edited.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(await book.xlsx.writeBuffer()),
    })
    await dialog.getByText('1 row would change.').waitFor()
    for (const text of ['Renewed in June.', 'Renewed in May.']) await dialog.getByText(text).waitFor()
    expect(await barriers(ada)).toEqual([])
    await dialog.getByRole('radio', { name: 'Take the file’s' }).check()
    await dialog.getByText('2 rows would change.').waitFor()
    await dialog.getByRole('button', { name: 'Change the rows' }).click()
    await ada.getByText('2 rows changed.').first().waitFor()
    const notes = await openRow(ben, 'valid licence')
    await expect.poll(() => notes.inputValue()).toBe('Renewed in May.')
  })

  test('nothing broke the content policy or threw', () => {
    expect(complaints).toEqual([])
  })
})
