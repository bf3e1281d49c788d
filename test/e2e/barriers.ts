import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What hinders somebody: rule, and where. */
export async function barriers(page: Page): Promise<string[]> {
  // Through the debugger: the page itself may run no script but its own.
  await page.evaluate(axe)
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  )
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        .filter(({ target }) => !(id === 'color-contrast' && isPicturedText(String(target[0]))))
        .slice(0, 3)
        .map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    )
}

/** Letters of a PDF's page that can be selected: transparent, over the picture of the page where they are seen. */
const isPicturedText = (target: string): boolean => target.includes('.textLayer')
