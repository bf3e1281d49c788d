import { describe, expect, test } from 'vitest'
import { zip } from './ooxml/zip.ts'
import { read } from './sketch.ts'

describe('ZIP', () => {
  test('a list of members, then each under its name, headings sunk', async () => {
    const { sketch } = await read(
      zip([
        { name: 'b/2.html', data: '<h1>Two</h1><p>x' },
        { name: 'a.csv', data: 'k,v\n1,2' },
      ]),
    )
    expect(sketch).toBe('- a.csv\n- b/2.html\nh1 a.csv\n# k | v\n| 1 | 2\nh1 b/2.html\nh2 Two\np x')
  })
  test('names are safe, clutter is left out', async () => {
    const { sketch } = await read(
      zip([
        { name: '__MACOSX/._a.txt', data: 'x' },
        { name: '.DS_Store', data: 'x' },
        { name: 'C:\\docs\\a\u202e.txt', data: 'hello' },
      ]),
    )
    expect(sketch).toBe('h1 docs/a.txt\np hello')
  })
  test('a member that cannot be read is a warning', async () => {
    const { codes, sketch } = await read(
      zip([
        { name: 'a.bin', data: Buffer.from([0, 1, 2, 3]) },
        { name: 'b.txt', data: 'ok' },
      ]),
    )
    expect(codes).toEqual(['member-failed'])
    expect(sketch).toBe('- a.bin\n- b.txt\nh1 a.bin\nh1 b.txt\np ok')
  })
  test('archives in archives end at the limit', async () => {
    let inner = zip([{ name: 'core.txt', data: 'core' }])
    for (let level = 0; level < 6; level++) inner = zip([{ name: `${level}.zip`, data: inner }])
    const { codes } = await read(inner)
    expect(codes).toEqual(['member-skipped'])
  })
  test('places lead into the member', async () => {
    const { doc } = await read(zip([{ name: 'a.csv', data: 'k\nv' }]))
    expect(doc.blocks.map(({ at }) => at.path)).toEqual(['a.csv', 'a.csv'])
  })
})

const container = '<container><rootfiles><rootfile full-path="o/p.opf"/></rootfiles></container>'
const opf = (manifest: string, spine: string) =>
  `<package><metadata xmlns:dc="d"><dc:title>Book</dc:title><dc:creator>Ann</dc:creator></metadata><manifest>${manifest}</manifest><spine>${spine}</spine></package>`
const page = (body: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>${body}</body></html>`

describe('EPUB', () => {
  const book = zip([
    { name: 'mimetype', data: 'application/epub+zip', stored: true },
    { name: 'META-INF/container.xml', data: container },
    {
      name: 'o/p.opf',
      data: opf(
        '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="b" href="t/b.xhtml" media-type="application/xhtml+xml"/><item id="a" href="t/a.xhtml" media-type="application/xhtml+xml"/><item id="f" href="t/notes.xhtml" media-type="application/xhtml+xml"/>',
        '<itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="a"/><itemref idref="f"/><itemref idref="missing"/>',
      ),
    },
    { name: 'o/nav.xhtml', data: page('<nav>contents</nav>') },
    {
      name: 'o/t/a.xhtml',
      data: page(
        '<h1>One by Ann</h1><p>See <a href="b.xhtml#s">two</a><a epub:type="noteref" href="notes.xhtml#n1">1</a>.</p>',
      ),
    },
    { name: 'o/t/b.xhtml', data: page('<h1>Two</h1><p id="s">Here.</p><img src="../i.png" alt="pic"/>') },
    { name: 'o/t/notes.xhtml', data: page('<aside epub:type="footnote" id="n1"><p>A note.</p></aside>') },
  ])
  test('chapters in the order of the spine, links and notes across files', async () => {
    const { sketch, doc } = await read(book)
    expect(sketch).toBe(
      'p *Title:* Book\nh1 One by Ann\np See [two](#b-s)[^1].\nh1 Two\np Here.\nfigure pic (o/i.png)\n[^1] p A note.',
    )
    expect(doc.meta).toEqual({ title: 'Book', author: 'Ann' })
    expect(doc.blocks.find(({ anchors }) => anchors?.includes('b-s'))?.type).toBe('paragraph')
  })
  test('a chapter that is not there is a warning; a path out of the archive is not followed', async () => {
    const broken = zip([
      { name: 'META-INF/container.xml', data: container.replace('o/p.opf', '../../etc/passwd') },
      {
        name: 'o/p.opf',
        data: opf(
          '<item id="a" href="gone.xhtml" media-type="application/xhtml+xml"/>',
          '<itemref idref="a"/>',
        ),
      },
    ])
    expect((await read(broken)).codes).toContain('part-missing')
  })
})
