import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ModelServer, modelServer } from '../platform/llm/model-server.ts'
import { barriers } from './barriers.ts'
import { pick, raiseStage, type Stage, skipsBrowser } from './browser.ts'

const quote = 'The price is firm for 90 days.'
const found = {
  findings: [
    { line: 3, quote, label: 'Price', note: 'No escalation.' },
    { line: 3, quote: 'The price may be raised.', label: 'Invented', note: null },
  ],
}

describe.skipIf(skipsBrowser)('agents', () => {
  let model: ModelServer
  let stage: Stage
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    model = await modelServer('openai', ({ system }) => ({
      say: system.includes('<task>')
        ? found
        : { requirements: [], criteria: [], checklist: [], sections: [] },
    }))
    stage = await raiseStage({ MDRAFT_LLM: 'compatible:test-model', MDRAFT_LLM_BASE_URL: `${model.url}/v1` })
    ;({ page, complaints } = await stage.open())
  })
  afterAll(async () => {
    await stage?.close()
    await model?.close()
  })

  test('a prompt of one’s own is kept, run over a document by keyboard, and shows only what it can quote', async () => {
    await page.goto('/sign-up')
    await page.getByLabel('E-mail').fill('grace@example.com')
    await page.getByLabel('Password').fill('first password')
    await page.getByRole('button', { name: 'Make an account' }).click()
    await page.getByRole('button', { name: /^Account of/ }).waitFor()
    await pick(page, [{ name: 'rfp.md', bytes: `# Terms\n\n${quote}\n\nThe offeror shall sign.\n` }])
    await page.waitForURL(/\/documents\//)
    await page.getByText('shall sign').first().waitFor()
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Agents' }).click()
    await page.getByRole('region', { name: 'Agent compliance-matrix' }).waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('price-risk')
    await page.getByLabel('What to find').fill('Find what fixes the price.')
    await page.getByRole('button', { name: 'Keep the prompt' }).press('Enter')
    const agent = page.getByRole('region', { name: 'Agent price-risk' })
    await agent.getByRole('button', { name: 'Run over a document' }).press('Enter')
    await agent.getByRole('button', { name: 'Run', exact: true }).press('Enter')
    await agent.getByRole('cell', { name: quote }).waitFor()
    expect(await agent.getByText('Invented').count()).toBe(0)
    await agent.getByText('were dropped').waitFor()
    expect(await barriers(page)).toEqual([])
  })

  test('one of the four analyses leads to its result beside the source', async () => {
    const agent = page.getByRole('region', { name: 'Agent compliance-matrix' })
    await agent.getByRole('button', { name: 'Run over a document' }).click()
    await agent.getByRole('button', { name: 'Run', exact: true }).click()
    await agent.getByRole('link', { name: 'Show the result beside its source' }).click()
    await page.waitForURL(/view=requirements/)
  })

  test('what was found before is in the list of analyses, and opens again', async () => {
    await page.goto('/analyses')
    await page.getByRole('link', { name: 'rfp.md' }).nth(1).waitFor()
    expect(await barriers(page)).toEqual([])
    await page.getByLabel('Only of the kind').selectOption('Runs of prompts')
    const runs = page.getByRole('listitem').filter({ hasText: 'price-risk' })
    await expect.poll(() => page.getByRole('listitem').count()).toBe(1)
    await runs.getByRole('link', { name: 'rfp.md' }).click()
    await page.getByRole('cell', { name: quote }).waitFor()
    await page.getByRole('link', { name: 'All analyses' }).click()
    await page.getByLabel('Only of the kind').selectOption('Analyses')
    await page.getByRole('link', { name: 'rfp.md' }).click()
    await page.waitForURL(/\/documents\/.*view=requirements/)
    await page.getByRole('tab', { name: /Requirements/ }).waitFor()
    expect(complaints).toEqual([])
  })
})
