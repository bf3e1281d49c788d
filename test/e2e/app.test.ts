import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSample, pick, raiseStage, type Stage, skipsBrowser } from './browser.ts'

const inSight = (page: Page) => page.locator('[data-page] .highlights[data-kind=chosen] > div').first()
const preview = (page: Page) => page.getByRole('region', { name: 'Preview of the Markdown' })

/** Stands inside the pane it belongs to, not only in the tree. */
async function isInside(element: Locator, pane: Locator): Promise<boolean> {
  const [one, other] = [await element.boundingBox(), await pane.boundingBox()]
  return !!one && !!other && one.y >= other.y - 1 && one.y + one.height <= other.y + other.height + 1
}

describe.skipIf(skipsBrowser)('the web app', () => {
  let stage: Stage
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    stage = await raiseStage()
    ;({ page, complaints } = await stage.open({ permissions: ['clipboard-read', 'clipboard-write'] }))
  })
  afterAll(() => stage?.close())

  test('the empty start page offers a sample', async () => {
    await page.goto('/')
    await page.getByRole('button', { name: 'Try it with a sample RFP' }).waitFor()
    expect(await page.getByText('Recent documents').count()).toBe(0)
  })

  test('the sample becomes Markdown beside its pages', async () => {
    await openSample(page)
    await expect.poll(() => preview(page).innerText()).toContain('Harbor Sensor Network')
    await page.getByText('of 17').first().waitFor()
    const inked = () =>
      page.locator('[data-page="1"] canvas').evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data
        let dark = 0
        for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3]! > 0 && pixels[at]! < 100) dark += 1
        return dark
      })
    await expect.poll(inked).toBeGreaterThan(2_000)
  })

  test('pointing at a block lights its place on the page, and the other way round', async () => {
    const block = preview(page).getByText('This solicitation is conducted as a competitive').first()
    await block.hover()
    const hover = page.locator('[data-page="1"] .highlights[data-kind=hover] > div').first()
    await hover.waitFor()
    const box = (await hover.boundingBox())!
    await preview(page).getByText('Request for Proposal').first().hover()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    const background = () =>
      block.evaluate((element) => getComputedStyle(element.closest('[data-block]')!).backgroundColor)
    await expect.poll(background).not.toBe('rgba(0, 0, 0, 0)')
    await page.mouse.move(5, 5)
    await expect.poll(background).toBe('rgba(0, 0, 0, 0)')
  })

  test('clicking a block far down brings its page into sight', async () => {
    const source = page.getByRole('region', { name: 'Pages of the source' })
    await preview(page).evaluate((pane) => pane.scrollTo(0, pane.scrollHeight / 2))
    await page.waitForTimeout(400)
    const visible = preview(page).locator('p[data-block], div[data-block]').nth(6)
    await visible.click()
    await inSight(page).waitFor()
    await expect.poll(() => isInside(inSight(page), source)).toBe(true)
  })

  test('clicking the page brings its Markdown into sight', async () => {
    await page.getByRole('textbox', { name: 'Page' }).fill('10')
    await page.getByRole('textbox', { name: 'Page' }).press('Enter')
    const text = page.locator('[data-page="10"] .textLayer').getByText('Proposals shall be received').first()
    await text.waitFor()
    await text.click()
    const found = preview(page).getByText('Proposals shall be received').first()
    await expect.poll(() => isInside(found, preview(page))).toBe(true)
  })

  test('Markdown, JSON and warnings are one click away; copy and downloads work', async () => {
    await page.getByRole('tab', { name: 'Markdown' }).click()
    await page.getByRole('region', { name: 'Markdown' }).getByText('<!-- page: ').first().waitFor()
    await page.getByRole('tab', { name: 'JSON' }).click()
    await page.getByText('"schema": "mdraft.doc/1"').first().waitFor()
    await page.getByRole('tab', { name: 'Warnings' }).click()
    await page.getByRole('button', { name: 'Copy the Markdown' }).click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain('<!-- page: 17 -->')
    await page.getByRole('button', { name: 'Download' }).click()
    const links = await page
      .getByRole('menuitem')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))
    expect(links.map((link) => new URL(link).searchParams.get('format'))).toEqual([
      'markdown',
      'html',
      'json',
      'text',
      'chunks',
      'source',
    ])
    const sizes = await page.evaluate(
      (urls) => Promise.all(urls.map(async (url) => (await (await fetch(url)).blob()).size)),
      links.filter((link) => !/format=(html|chunks)/.test(link)),
    )
    expect(sizes.every((size) => size > 10_000)).toBe(true)
    await page.keyboard.press('Escape')
  })

  test('the analysis fills four tables whose rows show their quote', async () => {
    await page.getByRole('button', { name: 'Analyse as RFP' }).click()
    const source = page.getByRole('region', { name: 'Pages of the source' })
    // What a row is, one sees without a click.
    await expect.poll(() => isInside(inSight(page), source)).toBe(true)
    for (const [tab, grid] of [
      ['Requirements', 'Compliance matrix'],
      ['Criteria', 'Evaluation criteria'],
      ['Outline', 'Annotated outline'],
      ['Checklist', 'Submission checklist'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click()
      const rows = page.getByRole('grid', { name: grid }).locator('[data-row]')
      await rows.first().waitFor()
      await rows.nth(1).click()
      await expect.poll(() => isInside(inSight(page), source), { message: tab }).toBe(true)
      await page.keyboard.press('Escape')
      await expect.poll(() => inSight(page).count()).toBe(0)
    }
    await page.getByRole('tab', { name: 'Coverage' }).click()
    await page.getByText('sentences were read').waitFor()
  })

  test('the highlight of a requirement covers its words', async () => {
    await page.getByRole('tab', { name: 'Requirements' }).click()
    await page.getByRole('searchbox').fill('Multi-factor authentication')
    const row = page.getByRole('grid').locator('[data-row]').first()
    await row.click()
    await inSight(page).waitFor()
    const mark = (await inSight(page).boundingBox())!
    const words = (await page.locator('.textLayer').getByText('Multi-factor').first().boundingBox())!
    expect(mark.y).toBeLessThan(words.y + words.height)
    expect(mark.y + mark.height).toBeGreaterThan(words.y)
    await page.getByRole('searchbox').fill('')
  })

  test('rows are walked by j and k, filtered by /, and sorted by their heads', async () => {
    const active = () => page.locator('[data-row][aria-selected=true]').getAttribute('data-row')
    await page.locator('[data-row]').first().click()
    const first = await active()
    await page.keyboard.press('j')
    await expect.poll(active).not.toBe(first)
    await page.keyboard.press('k')
    await expect.poll(active).toBe(first)
    await page.keyboard.press('/')
    await page.keyboard.type('zzzz')
    await page.getByText('No row matches the filter.').waitFor()
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'Binding', exact: true }).first().click()
    await page.getByRole('menuitemcheckbox', { name: /^Shall/ }).click()
    await page.keyboard.press('Escape')
    const chips = await page.locator('[data-row] .chip').allInnerTexts()
    expect(new Set(chips)).toEqual(new Set(['shall']))
    await page.getByRole('columnheader', { name: 'Reference' }).getByRole('button').click()
    expect(await page.getByRole('columnheader', { name: 'Reference' }).getAttribute('aria-sort')).toBe(
      'ascending',
    )
  })

  test('everything is there again after a reload', async () => {
    await page.reload()
    await page.getByRole('grid', { name: 'Compliance matrix' }).locator('[data-row]').first().waitFor()
    await page.getByRole('link', { name: 'Documents', exact: true }).click()
    await page.getByRole('link', { name: 'sample-rfp.pdf' }).waitFor()
  })

  test('? shows the keys and Escape closes them', async () => {
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })

  test('a file that cannot be read says what, why and what to do; it can be taken off the list', async () => {
    await pick(page, [
      { name: 'nothing.pdf', bytes: '' },
      { name: 'noise.bin', bytes: Buffer.from([0, 1, 2, 3, 254, 255, 7, 9]) },
      { name: 'broken.pdf', bytes: '%PDF-1.7\nbroken' },
    ])
    for (const name of ['nothing.pdf', 'noise.bin', 'broken.pdf']) {
      const row = page.getByRole('listitem').filter({ hasText: name })
      await row.getByText(/^(Failed|Not uploaded)/).waitFor()
      expect((await row.locator('p').innerText()).length).toBeGreaterThan(20)
    }
    // Refusals of the server are answers, not faults of the page.
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/status of 4\d\d/.test(text)))
  })

  test('files dropped anywhere are taken', async () => {
    const bytes = [...readFileSync(resolve(import.meta.dirname, '../../samples/sample-rfp.docx'))]
    const transfer = await page.evaluateHandle((bytes) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(bytes)], 'dropped.docx'))
      return data
    }, bytes)
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
    await page.getByText('Drop to convert').waitFor()
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
    await page.waitForURL(/\/documents\//)
    await page.getByRole('heading', { name: 'dropped.docx' }).waitFor()
    await page.getByRole('region', { name: 'Markdown' }).getByText('National Harbor').first().waitFor()
  })

  test('nothing broke the content policy, asked another host or threw', () => {
    expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([])
  })

  test('without events the progress is asked for', async () => {
    const { page } = await stage.open()
    await page.route('**/events', (route) => route.abort())
    await page.goto('/')
    await pick(page, [{ name: 'notes.txt', bytes: 'The offeror shall sign each page.\n' }])
    await page.waitForURL(/\/documents\//)
    await page.getByText('shall sign each page').first().waitFor()
    await page.context().close()
  })

  test('a narrow screen shows one pane at a time and a finding brings its page to the front', async () => {
    const { page } = await stage.open({
      viewport: { width: 420, height: 860 },
      hasTouch: true,
      isMobile: true,
    })
    await openSample(page)
    await page.getByRole('button', { name: 'RFP analysis' }).click()
    const row = page.getByRole('grid', { name: 'Compliance matrix' }).locator('[data-row]').nth(1)
    await row.click()
    await inSight(page).waitFor()
    expect(await row.isVisible()).toBe(false)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await page.context().close()
  })
})
