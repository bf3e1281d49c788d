import { describe, expect, test } from 'vitest'
import { read } from './sketch.ts'

const txt = async (text: string) => (await read(text, { from: 'txt' })).sketch

describe('plain text', () => {
  test('lines broken by a width are one paragraph, lines broken by hand stay', async () => {
    const wide =
      'The offeror shall submit the technical volume in the\nformat that Section L requires, and every page of it\nshall be numbered.'
    expect(await txt(wide)).toBe(`p ${wide.replaceAll('\n', ' ')}`)
    expect(await txt('Ann Smith\n12 High Street\nSpringfield')).toBe('p Ann Smith⏎12 High Street⏎Springfield')
  })
  test('lists by their marks, nested by indentation', async () => {
    expect(await txt('- one\n  - inner\n- two, which is\n  continued')).toBe(
      '- one\n  - inner\n- two, which is⏎continued',
    )
    expect(await txt('(a) first\n(b) second')).toBe('(a) first\n(b) second')
    expect(await txt('Points:\n1. one\n2. two')).toBe('p Points:\n1. one\n2. two')
  })
  test('a number that starts a sentence is no list', async () => {
    expect(await txt('The total was\n12. It then grew\nto more than that.')).toMatch(/^p /)
  })
  test('headings: underlined, in capitals, numbered, named as a part', async () => {
    expect(
      await txt('Title\n=====\nText.\n\nGENERAL TERMS\n\n2.1 Scope of Work\n\nSECTION C - Description\n'),
    ).toBe('h1 Title\np Text.\nh2 GENERAL TERMS\nh2 2.1 Scope of Work\nh1 SECTION C - Description')
  })
  test('columns set by spaces stay as they are', async () => {
    expect(await txt('  Item      Cost\n  Pump      100\n  Valve      20')).toBe(
      'code Item      Cost⏎Pump      100⏎Valve      20',
    )
  })
  test('quotes', async () => expect(await txt('> a\n> b\n\nc')).toBe('> p a⏎b\np c'))
  test('long runs without an end do not stall', async () => {
    await txt(
      `${'a'.repeat(200_000)}!\n${' '.repeat(200_000)}x\n${'1.'.repeat(100_000)}\n${'a@'.repeat(100_000)}`,
    )
  })
})

describe('JSON', () => {
  test('stays as written', async () => {
    expect((await read('{"a": 1}', { from: 'json' })).sketch).toBe('code:json {"a": 1}')
  })
  test('is set one value a line when minified', async () => {
    const source = JSON.stringify({ a: Array.from({ length: 1000 }, (_, at) => at), b: {}, c: 'x, {y}: "z"' })
    const { doc } = await read(source, { from: 'json' })
    const [block] = doc.blocks
    expect(block?.type === 'code' && JSON.parse(block.text)).toEqual(JSON.parse(source))
    expect(block?.type === 'code' && block.text.split('\n').length).toBe(1006)
  })
  test('nesting without end stays bounded', async () => {
    const { doc } = await read('['.repeat(100_000) + ']'.repeat(100_000), { from: 'json' })
    expect(JSON.stringify(doc).length).toBeLessThan(20_000_000)
  })
})

describe('XML', () => {
  test('a feed reads as what it says', async () => {
    const feed =
      '<rss version="2.0"><channel><title>News</title><item><title>One</title><pubDate>Mon, 1 Jan 2024</pubDate><description>&lt;p&gt;Hello &lt;b&gt;you&lt;/b&gt;&lt;/p&gt;</description></item></channel></rss>'
    expect((await read(feed, { from: 'xml' })).sketch).toBe(
      'h1 News\nh2 One\np Published: Mon, 1 Jan 2024\np Hello *you*',
    )
  })
  test('other XML stays as written; entities are not expanded', async () => {
    expect((await read('<a>1</a>', { from: 'xml' })).sketch).toBe('code:xml <a>1</a>')
    const { sketch, codes } = await read('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', { from: 'xml' })
    expect(sketch).toContain('&b;')
    expect(codes).toEqual(['written-differently'])
  })
})
