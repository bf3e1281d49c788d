/** Bodies and attachments as Outlook keeps them: packed rich text, sealed messages, invitations. */
import { describe, expect, test } from 'vitest'
import { htmlInRtf, isFromHtml } from '../../../src/core/readers/mail/rtf-body.ts'
import { compound } from './binary/cfb.ts'
import { read } from './sketch.ts'

const u32 = (value: number): Buffer => {
  const out = Buffer.alloc(4)
  out.writeUInt32LE(value >>> 0)
  return out
}
const stored = (rtf: string): Buffer =>
  Buffer.concat([u32(rtf.length + 12), u32(rtf.length), u32(0x414c454d), u32(0), Buffer.from(rtf, 'latin1')])
const attribute = (id: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([1]), u32(id), u32(data.length), data, Buffer.alloc(2)])
const tnef = (...attributes: Buffer[]): Buffer =>
  Buffer.concat([u32(0x223e9f78), Buffer.from([1, 0]), ...attributes])
const LONG_NAME = 0x3707001f
const PACKED_RTF = 0x10090102
const DATA = 0x3701000d
/** Properties of variable length. */
const properties = (values: Readonly<Record<number, Buffer>>): Buffer => {
  const entries = Object.entries(values).map(([tag, data]) =>
    Buffer.concat([u32(Number(tag)), u32(1), u32(data.length), data, Buffer.alloc(-data.length & 3)]),
  )
  return Buffer.concat([u32(entries.length), ...entries])
}
const mail = (winmail: Buffer): string =>
  [
    'From: a@example.org',
    'Subject: s',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=m',
    '',
    '--m',
    'Content-Type: text/plain',
    '',
    'plain twin',
    '--m',
    'Content-Type: application/ms-tnef; name=winmail.dat',
    'Content-Transfer-Encoding: base64',
    '',
    winmail.toString('base64'),
    '--m--',
  ].join('\r\n')
const said = (sketch: string): string[] => sketch.split('\n').slice(2)

const wrapped =
  "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}}{\\colortbl\\red0\\green0\\blue0;}\\uc1\\pard{\\*\\htmltag64 <p>}\\htmlrtf {\\b \\htmlrtf0 {\\*\\htmltag84 <b>}5 < 6{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0  {\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0 caf\\'e9 \\u8364?{\\f1 \\'e4\\'e0}{\\*\\mhtmltag84 <i>}{\\*\\htmltag72 </p>}\\par}"

describe('rich text', () => {
  test('HTML that Outlook wrapped in it is taken out', () => {
    expect(isFromHtml(Buffer.from(wrapped))).toBe(true)
    expect(htmlInRtf(Buffer.from(wrapped, 'latin1'))).toBe('<p><b>5 &lt; 6</b> &nbsp;café €да</p>\r\n')
  })
  const msg = (rtf: string) =>
    compound({
      '__properties_version1.0': Buffer.alloc(32),
      '__substg1.0_0037001F': Buffer.from('Subject', 'utf16le'),
      '__substg1.0_10090102': stored(rtf),
    })
  test('of a message is its body, with its form', async () => {
    const { sketch } = await read(msg('{\\rtf1\\ansi\\pard one {\\b two}\\par three\\par}'), {
      name: 'a.msg',
    })
    expect(said(sketch)).toEqual(['h2 Content', 'p one *two*', 'p three'])
    expect(said((await read(msg(wrapped), { name: 'a.msg' })).sketch)[1]).toContain('*5 < 6*')
  })
})

describe('winmail.dat', () => {
  const sheet = [
    attribute(0x69002, Buffer.alloc(14)),
    attribute(0x18010, Buffer.from('PRICES~1.CSV\0')),
    attribute(0x6800f, Buffer.from('item,cost\npump,5\n')),
    attribute(0x69005, properties({ [LONG_NAME]: Buffer.from('Prices 2026.csv\0', 'utf16le') })),
  ]
  test('gives its body and its attachments', async () => {
    const body = attribute(0x69003, properties({ [PACKED_RTF]: stored(wrapped) }))
    const { sketch, codes } = await read(mail(tnef(body, ...sheet)))
    expect(said(sketch)).toEqual([
      'h2 Content',
      expect.stringContaining('*5 < 6*'),
      'h2 Attachment: Prices 2026.csv',
      '# item | cost',
      '| pump | 5',
    ])
    expect(codes).toEqual([])
  })
  test('a message inside it is opened too', async () => {
    const inner = tnef(attribute(0x2800c, Buffer.from('inner words\0')), ...sheet)
    const given = properties({
      [LONG_NAME]: Buffer.from('Re', 'utf16le'),
      [DATA]: Buffer.concat([Buffer.alloc(16), inner]),
    })
    const { sketch } = await read(mail(tnef(attribute(0x69002, Buffer.alloc(14)), attribute(0x69005, given))))
    expect(said(sketch).slice(2)).toEqual([
      'h2 Attachment: Re.txt',
      'p inner words',
      'h2 Attachment: Prices 2026.csv',
      '# item | cost',
      '| pump | 5',
    ])
  })
  test('cut short, it gives what is there', async () => {
    const whole = tnef(...sheet)
    for (const length of [0, 5, 6, 20, 40, 60, 80, whole.length - 3])
      expect((await read(mail(whole.subarray(0, length)))).sketch).toContain('plain twin')
  })
})

test('an invitation tells when, where and who', async () => {
  const calendar = [
    'BEGIN:VCALENDAR',
    'BEGIN:VTIMEZONE',
    'TZID:Eastern',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'DTSTART;TZID=Eastern:20260112T130000',
    'DTEND:20260112T190000Z',
    'SUMMARY:Pre-proposal confer',
    ' ence',
    'LOCATION:Room 5\\, HQ',
    'ORGANIZER;CN="Lee, Ann":mailto:ann@example.org',
    'DESCRIPTION:Agenda\\n\\nQuestions',
    'BEGIN:VALARM',
    'DESCRIPTION:Reminder',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  const source = `From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nhi\r\n--m\r\nContent-Type: text/calendar\r\nContent-Disposition: attachment; filename=i.ics\r\n\r\n${calendar.join('\r\n')}\r\n--m--`
  expect(said((await read(source)).sketch).slice(2)).toEqual([
    'h2 Attachment: i.ics',
    'h3 Pre-proposal conference',
    'p *Start:* 2026-01-12 13:00 Eastern⏎*End:* 2026-01-12 19:00 UTC⏎*Location:* Room 5, HQ⏎*Organizer:* ann@example.org (Lee, Ann)',
    'p Agenda',
    'p Questions',
  ])
})
