import { describe, expect, test } from 'vitest'
import { read } from './sketch.ts'

const rtf = async (body: string) =>
  (
    await read(
      `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset2 Symbol;}{\\f2\\fcharset204 Arial Cyr;}{\\f3\\fcharset128 MS Gothic;}}${body}}`,
    )
  ).sketch

describe('characters', () => {
  test.each([
    ['code page of the file', "\\ansicpg1250 za\\'bf\\'f3\\'b3\\'e6", 'zażółć'],
    ['code page of the font', "\\f2 \\'cf\\'f0\\'e8", 'При'],
    ['two bytes a character', "\\f3\\'93\\'8c\\'8b\\'9e", '東京'],
    ['Unicode, with its substitute dropped', '\\u8364?5 \\uc2\\u937 xxy \\uc0\\u937 z', '€5 Ωy Ωz'],
    ['a pair of surrogates', '\\u-10179?\\u-8704?', '😀'],
    ['names', '\\ldblquote a\\rdblquote\\emdash b\\~c\\{d\\}', '“a”—b\u00a0c{d}'],
    ['symbol font', "{\\f1\\'b7}\\u-3913?", '•'],
  ])('%s', async (_, body, expected) => expect(await rtf(`${body}\\par`)).toContain(`p ${expected}`))
})

describe('text', () => {
  test('styles of characters end with their group', async () => {
    expect(await rtf('a {\\b b {\\i c} d} e\\super 2\\nosupersub \\strike x\\strike0\\par')).toBe(
      'p a *b **/c/** d* e^2^~x~',
    )
  })
  test('unknown optional groups are dropped, others read', async () => {
    expect(await rtf('{\\*\\unheardof x}{\\unheardof y}\\par')).toBe('p y')
  })
  test('a star that does not start a group means nothing', async () => {
    expect(await rtf('{\\i0\\*\\cs7 text}\\par')).toBe('p text')
  })
  test('hidden text is left out and said', async () => {
    const { sketch, codes } = await read('{\\rtf1 a{\\v secret} b\\par}')
    expect(sketch).toBe('p a b')
    expect(codes).toEqual(['hidden-content'])
  })
  test.each([
    ['accept', 'p new'],
    ['reject', 'p old'],
    ['all', 'p +new+-old-'],
  ] as const)('tracked changes: %s', async (trackChanges, expected) => {
    expect((await read('{\\rtf1 {\\revised new}{\\deleted old}\\par}', { trackChanges })).sketch).toBe(
      expected,
    )
  })
  test('links over paragraphs', async () => {
    expect(
      await rtf('a {\\field{\\*\\fldinst HYPERLINK "http://x.org/" \\\\l "s"}{\\fldrslt b\\par c}} d\\par'),
    ).toBe('p a [b](http://x.org/#s)\np [c](http://x.org/#s) d')
  })
  test('a link that would run code is text', async () => {
    expect(await rtf('{\\field{\\*\\fldinst HYPERLINK "javascript:x"}{\\fldrslt b}}\\par')).toBe('p b')
  })
  test('boxes of forms, fields without a result', async () => {
    expect(
      await rtf(
        '{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres1}}}{\\fldrslt}} yes\\par',
      ),
    ).toBe('p ☒ yes')
  })
})

describe('structure', () => {
  test('headings by style and by outline level', async () => {
    expect(
      await rtf(
        '{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s2 Body;}}\\pard\\s1 One\\par\\pard\\s2 text\\par\\pard\\outlinelevel1 Two\\par',
      ),
    ).toBe('h1 One\np text\nh2 Two')
  })
  test('labels as printed, lists nested by level, numbers of headings kept', async () => {
    expect(
      await rtf(
        '{\\stylesheet{\\s1 heading 1;}}{\\pard\\s1{\\listtext L.1\\tab}Scope\\par}\\pard\\ls1{\\listtext (a)\\tab}a\\par\\pard\\ls1\\ilvl1{\\listtext (i)\\tab}b\\par\\pard\\ls1{\\listtext (b)\\tab}c\\par',
      ),
    ).toBe('h1 L.1 Scope\n(a) a\n  (i) b\n(b) c')
  })
  test('labels counted by the list table where none is printed', async () => {
    const table =
      "{\\*\\listtable{\\list{\\listlevel\\levelnfc0\\levelstartat3{\\leveltext\\'02\\'00.;}{\\levelnumbers\\'01;}}{\\listlevel\\levelnfc4\\levelstartat1{\\leveltext\\'02\\'01);}{\\levelnumbers\\'01;}}\\listid7}}{\\*\\listoverridetable{\\listoverride\\listid7\\ls1}}"
    expect(await rtf(`${table}\\pard\\ls1 x\\par y\\par\\pard\\ls1\\ilvl1 z\\par`)).toBe('3. x\n4. y\n  a) z')
  })
  test('bullets by an older way', async () => {
    expect(
      await rtf(
        "\\pard{\\pntext\\f1\\'b7\\tab}{\\*\\pn\\pnlvlblt\\pnf1{\\pntxtb\\'b7}}one\\par{\\pntext\\f1\\'b7\\tab}two\\par\\pard x\\par",
      ),
    ).toBe('- one\n- two\np x')
  })
  test('tables: spans by edges, rows joined, header', async () => {
    expect(
      await rtf(
        '\\trowd\\trhdr\\cellx1000\\cellx3000\\pard\\intbl H\\cell wide\\cell\\row\\trowd\\clvmgf\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl a\\cell b\\cell c\\cell\\row\\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl\\cell d\\cell e\\cell\\row\\pard after\\par',
      ),
    ).toBe('# H | wide [>2]\n| a [v2] | b | c\n| d | e\np after')
  })
  test('a table in a cell', async () => {
    expect(
      await rtf(
        '\\trowd\\cellx5000\\pard\\intbl before\\par\\pard\\intbl\\itap2 in\\nestcell{\\*\\nesttableprops\\trowd\\cellx2000\\nestrow}{\\nonesttables x\\par}\\pard\\intbl after\\cell\\row',
      ),
    ).toBe('| before / | in / after')
  })
  test('a footer that is a page number says nothing', async () => {
    expect((await read('{\\rtf1 {\\footer Page 2 of 9\\par}x\\par}')).sketch).toBe('p x')
  })
  test('notes, comments with their author, headers and footers', async () => {
    expect(
      await rtf(
        '{\\header Top\\par}{\\footer Foot\\par}Fact{\\super\\chftn{\\footnote\\pard \\chftn Source}} x{\\*\\atnid AL}{\\*\\atnauthor Ann Lee}\\chatn{\\*\\annotation Check\\par}.\\par{\\footnote\\ftnalt End}\\par',
      ),
    ).toBe(
      'header p Top\nfooter p Foot\np Fact[^1] x[^c1].\np [^2]\n[^1] p Source\n[^c1] Ann Lee: p Check\n[^2] p End',
    )
  })
  test('text boxes follow their paragraph; pictures keep their description', async () => {
    expect(
      await rtf(
        'Anchor{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt Boxed\\par}}{\\shprslt old}}\\par{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv A map}}}\\pngblip 89504e47}\\par',
      ),
    ).toBe('p Anchor\np Boxed\np ![A map]()')
  })
  test('properties', async () => {
    const { doc } = await read(
      '{\\rtf1{\\info{\\title T}{\\author A}{\\creatim\\yr2024\\mo2\\dy3\\hr4\\min5}}x}',
    )
    expect(doc.meta).toEqual({ title: 'T', author: 'A', created: '2024-02-03T04:05:00' })
  })
})

describe('hostile', () => {
  test.each([
    ['groups without end', `{\\rtf1 hello${'{\\b x'.repeat(50_000)}`],
    ['groups 300,000 deep', `{\\rtf1 ${'{'.repeat(300_000)}hello${'}'.repeat(300_001)}`],
    ['data past the end', '{\\rtf1 hello\\bin2147483647 xxxx}'],
    ['more ends than starts', '{\\rtf1 hello}}}}}}'],
  ])('%s', async (_, text) => expect((await read(text)).sketch).toContain('hello'))
})
