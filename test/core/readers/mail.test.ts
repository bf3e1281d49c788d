import { describe, expect, test } from 'vitest'
import { read } from './sketch.ts'

const lines = (...parts: string[]) => parts.join('\r\n')
const head = lines(
  'From: Ann Lee <ann@example.org>',
  'To: bob@example.org, "Team" <team@example.org>',
  'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
  'Date: Mon, 1 Jan 2024 10:00:00 +0100',
  'MIME-Version: 1.0',
  '',
)

describe('EML', () => {
  test('head, then the plain body', async () => {
    const { sketch, doc } = await read(
      lines(`${head}Content-Type: text/plain`, '', 'Hello,', '', '- one', '- two'),
    )
    expect(sketch).toBe(
      lines(
        'h1 Email Message',
        'p *From:* ann@example.org (Ann Lee)⏎*To:* bob@example.org, team@example.org (Team)⏎*Date:* Mon, 1 Jan 2024 10:00:00 +0100⏎*Subject:* Grüße',
        'h2 Content',
        'p Hello,',
        '- one',
        '- two',
      ).replaceAll('\r', ''),
    )
    expect(doc.meta.title).toBe('Grüße')
    expect(doc.meta.created).toBe('2024-01-01T09:00:00.000Z')
  })
  test('the HTML of an alternative; pictures of the page are in place, other parts are attachments', async () => {
    const mail = lines(
      `${head}Content-Type: multipart/mixed; boundary=m`,
      '',
      '--m',
      'Content-Type: multipart/related; boundary=r',
      '',
      '--r',
      'Content-Type: multipart/alternative; boundary=a',
      '',
      '--a',
      'Content-Type: text/plain',
      '',
      'plain twin',
      '--a',
      'Content-Type: text/html',
      '',
      '<h1>Hi</h1><p>rich <img src="cid:p1" alt="logo"></p>',
      '--a--',
      '--r',
      'Content-Type: image/gif',
      'Content-ID: <p1>',
      'Content-Transfer-Encoding: base64',
      '',
      'R0lGODlhAQABAAAAACw=',
      '--r--',
      '--m',
      'Content-Type: text/csv; name="../../prices.csv"',
      'Content-Disposition: attachment',
      '',
      'item,cost',
      'pump,5',
      '--m',
      'Content-Type: message/rfc822',
      '',
      'From: c@example.org',
      'To: d@example.org',
      'Subject: inner',
      '',
      'inside',
      '--m--',
    )
    const { sketch } = await read(mail, { images: 'extract' })
    expect(sketch.split('\n').slice(2)).toEqual([
      'h2 Content',
      'h3 Hi',
      expect.stringMatching(/^p rich !\[logo\]\([0-9a-f]{16}\.gif\)$/),
      'h2 Attachment: prices.csv',
      '# item | cost',
      '| pump | 5',
      'h2 Attachment: part 3.eml',
      'h3 Email Message',
      'p *From:* c@example.org⏎*To:* d@example.org⏎*Subject:* inner',
      'h4 Content',
      'p inside',
    ])
  })
  test('messages in messages end at the limit', async () => {
    const nested = `${'From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n'.repeat(50)}From: a@example.org\n\nhello\n`
    expect((await read(nested, { from: 'eml' })).codes).toContain('member-skipped')
  })
  test('an encrypted part is said', async () => {
    const mail = lines(
      `${head}Content-Type: application/pkcs7-mime; name=smime.p7m`,
      'Content-Transfer-Encoding: base64',
      '',
      'AAEC',
    )
    expect((await read(mail)).codes).toContain('unsupported-content')
  })
})
