/** Documents that try to run something in the reader's browser. */
import { Document, ExternalHyperlink, Packer, Paragraph, TextRun } from 'docx'
import PDFDocument from 'pdfkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pick, raiseStage, type Stage, skipsBrowser } from './browser.ts'

const mark = 'document.documentElement.dataset.ran=1'
const payloads = [
  `<script>${mark}</script>`,
  `<img src=x onerror="${mark}">`,
  `<svg onload="${mark}"><script>${mark}</script></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${mark}">`,
  `<iframe srcdoc="<script>parent.${mark}</script>"></iframe>`,
  `<details open ontoggle="${mark}">x</details>`,
  `<a href="javascript:${mark}">click here</a>`,
  `<form><button formaction="javascript:${mark}">press here</button></form>`,
  `<noscript><p title="</noscript><img src=x onerror='${mark}'>">`,
  `<style>@import url(//evil.example/x.css)</style>`,
  `<img src="https://evil.example/pixel.png">`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  `<base href="https://evil.example/">`,
  `<body onpageshow="${mark}">`,
]
const markdownPayloads = [
  `[click here](javascript:${mark})`,
  `![x](https://evil.example/pixel.png)`,
  `<https://evil.example/"onmouseover="${mark}>`,
]

async function wordFile(): Promise<Buffer> {
  const link = new ExternalHyperlink({ link: `javascript:${mark}`, children: [new TextRun('click here')] })
  const children = [...payloads.map((text) => new Paragraph(text)), new Paragraph({ children: [link] })]
  return Packer.toBuffer(new Document({ title: payloads[1]!, sections: [{ children }] }))
}

async function pdfFile(): Promise<Buffer> {
  const file = new PDFDocument({ info: { Title: payloads[0]! } })
  const chunks: Buffer[] = []
  file.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve) => file.on('end', resolve))
  for (const payload of payloads) file.text(payload)
  file.text('click here', { link: `javascript:${mark}` })
  file.end()
  await ended
  return Buffer.concat(chunks)
}

const csvField = (text: string) => `"${text.replaceAll('"', '""')}"`

describe.skipIf(skipsBrowser)('hostile documents', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await raiseStage()
  })
  afterAll(() => stage?.close())

  test.each([
    { name: `<img src=x onerror="${mark}">.txt`, make: () => payloads.join('\n\n') },
    {
      name: 'page.html',
      make: () => `<!doctype html><title>t</title><p>before</p>${payloads.join('\n')}<p>after</p>`,
    },
    { name: 'notes.md', make: () => [...payloads, ...markdownPayloads].join('\n\n') },
    { name: 'rows.csv', make: () => ['a,b', ...payloads.map((text) => `1,${csvField(text)}`)].join('\n') },
    { name: 'letter.docx', make: wordFile },
    { name: 'scan.pdf', make: pdfFile },
  ])('$name runs nothing in any view', async ({ name, make }) => {
    const { page, complaints } = await stage.open()
    await page.goto('/')
    await pick(page, [{ name, bytes: await make() }])
    await page.waitForURL(/\/documents\//)
    await page.getByRole('tab', { name: 'Preview' }).waitFor()
    for (const tab of ['Preview', 'Markdown', 'JSON', 'Warnings', 'Preview']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.waitForTimeout(150)
    }
    for (const words of await page.getByText(/click here|press here/).all())
      await words.click({ trial: false, noWaitAfter: true }).catch(() => {})
    await page.getByRole('button', { name: 'Analyse as RFP' }).click()
    await page.getByRole('tab', { name: 'Requirements' }).waitFor()
    await page.getByRole('link', { name: 'Documents', exact: true }).click()
    await page.getByText('Recent documents').waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset.ran)).toBeUndefined()
    expect(page.context().pages()).toHaveLength(1)
    expect(new URL(page.url()).origin).toBe(stage.url)
    expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([])
    await page.context().close()
  })

  test('a download of a hostile page is a file, never a page of this site', async () => {
    const { page } = await stage.open()
    await page.goto('/')
    const answers = await page.evaluate(async () => {
      const jobs = (await (await fetch('/api/jobs')).json()).data.items as {
        id: string
        kind: string
        filename: string
      }[]
      const id = jobs.find(({ kind, filename }) => kind === 'conversion' && filename === 'page.html')?.id
      const ask = async (format: string) => {
        const { status, headers } = await fetch(`/api/jobs/${id}/download?format=${format}`)
        return [
          status,
          headers.get('content-disposition'),
          headers.get('content-security-policy'),
          headers.get('x-content-type-options'),
        ]
      }
      return Promise.all(['source', 'markdown'].map(ask))
    })
    for (const [status, disposition, policy, options] of answers) {
      expect(status).toBe(200)
      expect(disposition).toMatch(/^attachment/)
      expect(policy).toContain('sandbox')
      expect(options).toBe('nosniff')
    }
    await page.context().close()
  })
})
