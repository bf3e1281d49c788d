import { describe, expect, test } from 'vitest'
import { read } from './sketch.ts'

const lines = (...parts: string[]) => parts.join('\r\n')
const part = (head: readonly string[], body: string) => lines('--b', ...head, '', body)
const archive = (head: readonly string[], ...parts: string[]) =>
  lines(
    ...head,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; type="text/html"; boundary="b"',
    '',
    ...parts,
    '--b--',
  )
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const chrome = [
  'From: <Saved by Blink>',
  'Snapshot-Content-Location: https://example.org/bids/one.html',
  'Subject: One bid',
  'Date: Mon, 1 Jan 2024 10:00:00 -0000',
]

describe('a web archive (.mht)', () => {
  test('is the page, not a message with attachments', async () => {
    const { doc, sketch } = await read(
      archive(
        chrome,
        part(
          [
            'Content-Type: text/html',
            'Content-Location: https://example.org/bids/one.html',
            'Content-Transfer-Encoding: quoted-printable',
          ],
          '<html><head><title>One bid</title></head><body><h1>Bid =E2=80=93 one</h1><p>See the <a href=3D"/rules">ru=\r\nles</a>.</p></body></html>',
        ),
        part(['Content-Type: text/css', 'Content-Location: cid:css-1@mhtml.blink'], 'p { color: red }'),
      ),
    )
    expect(doc.format).toBe('mht')
    expect(sketch).toBe('h1 Bid – one\np See the [rules](https://example.org/rules).')
    expect(doc.meta.title).toBe('One bid')
  })
  test('keeps pictures in place, by address and by Content-ID', async () => {
    const image = (name: string) =>
      part(['Content-Type: image/png', 'Content-Transfer-Encoding: base64', name], pixel)
    const { sketch } = await read(
      archive(
        [],
        part(
          ['Content-Type: text/html; charset="utf-8"', 'Content-Location: file:///C:/12AB/plan.htm'],
          '<p>a <img src="plan_files/image001.png" alt="near"> <img src="cid:x@y" alt="inner"></p>',
        ),
        image('Content-Location: file:///C:/12AB/plan_files/image001.png'),
        image('Content-ID: <x@y>'),
      ),
      { images: 'extract' },
    )
    expect(sketch).toMatch(/^p a !\[near\]\(\S+\.png\) !\[inner\]\(\S+\.png\)$/)
  })
  test('shows frames where they stand, and the sheets that only buttons lead to', async () => {
    const page = (name: string, body: string) =>
      part(['Content-Type: text/html', `Content-Location: file:///C:/b/${name}`], body)
    const { sketch } = await read(
      archive(
        [],
        page(
          'book.htm',
          '<frameset><frame src="book_files/sheet001.htm"><noframes><p>no frames</p></noframes></frameset>',
        ),
        page('book_files/sheet001.htm', '<p>First</p><iframe src="../book.htm"></iframe>'),
        page('book_files/sheet002.htm', '<p>Second</p>'),
      ),
    )
    expect(sketch).toBe('p First\np Second')
  })
  test('that is cut off ends where it ends; one without a page says so', async () => {
    const page = part(['Content-Type: text/html'], '<p>first</p><p>sec')
    expect((await read(archive(chrome, page).replace(/\r\n--b--$/, ''))).sketch).toBe('p first\np sec')
    await expect(read(archive(chrome, part(['Content-Type: image/png'], 'x')))).rejects.toThrow(/no page/)
  })
  test('a message whose body is related parts stays a message', async () => {
    const { doc } = await read(
      archive(
        ['From: a@example.org', 'To: b@example.org', 'Subject: x'],
        part(['Content-Type: text/html'], '<p>Hi</p>'),
      ),
    )
    expect(doc.format).toBe('eml')
  })
})
