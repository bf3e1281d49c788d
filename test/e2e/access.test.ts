/** Axe on every page, light and dark, wide and narrow. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { barriers } from './barriers.ts'
import { openSample, raiseStage, type Stage, skipsBrowser } from './browser.ts'

describe.skipIf(skipsBrowser)('accessibility', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await raiseStage()
  })
  afterAll(() => stage?.close())

  test.each([
    { name: 'light and wide', colorScheme: 'light' as const, viewport: { width: 1440, height: 900 } },
    { name: 'dark and wide', colorScheme: 'dark' as const, viewport: { width: 1440, height: 900 } },
    { name: 'light and narrow', colorScheme: 'light' as const, viewport: { width: 420, height: 860 } },
  ])('$name: nothing serious on any page', async ({ colorScheme, viewport }) => {
    const { page } = await stage.open({ colorScheme, viewport, reducedMotion: 'reduce' })
    const found: Record<string, string[]> = {}
    const check = async (name: string) => {
      const here = await barriers(page)
      if (here.length > 0) found[name] = here
    }
    await openSample(page)
    await page.waitForTimeout(500)
    await check('preview')
    for (const tab of ['Markdown', 'JSON', 'Warnings']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.waitForTimeout(200)
      await check(tab)
    }
    await page.getByRole('button', { name: /^(Analyse as RFP|RFP analysis)$/ }).click()
    for (const tab of ['Requirements', 'Criteria', 'Outline', 'Checklist', 'Coverage']) {
      await page.getByRole('tab', { name: tab }).click()
      if (tab === 'Requirements' && viewport.width > 1000) await page.locator('[data-row]').first().click()
      await page.waitForTimeout(200)
      await check(tab)
    }
    await page.goto('/')
    await page.getByRole('link', { name: 'sample-rfp.pdf' }).waitFor()
    await check('start page')
    await page.keyboard.press('?')
    await check('help')
    await page.keyboard.press('Escape')
    await page.goto('/proposals')
    await page.getByRole('textbox', { name: 'Title of a new proposal' }).fill('Harbor sensors')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Documents' }).waitFor()
    await check('proposal')
    await page.goto('/proposals')
    await page.getByRole('link', { name: 'Harbor sensors' }).first().waitFor()
    await check('proposals')
    await page.goto('/nowhere')
    await page.getByText('There is no such page').waitFor()
    await check('no such page')
    expect(found).toEqual({})
    await page.context().close()
  })

  test('everything is reached by Tab, and the focus can be seen', async () => {
    const { page } = await stage.open()
    await page.goto('/')
    await page.getByRole('button', { name: 'Try it with a sample RFP' }).waitFor()
    const seen: string[] = []
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press('Tab')
      const { tag, name, outline } = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement
        return {
          tag: element.tagName,
          name: element.getAttribute('aria-label') ?? element.innerText.trim(),
          outline: getComputedStyle(element).outlineStyle,
        }
      })
      if (tag === 'BODY') break
      expect(outline, name).not.toBe('none')
      seen.push(name)
    }
    expect(seen).toEqual(
      expect.arrayContaining(['Documents', 'Proposals', 'Choose files', 'Try it with a sample RFP']),
    )
    await page.context().close()
  })
})
