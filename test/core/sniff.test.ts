import { describe, expect, test } from 'vitest'
import { createReport } from '../../src/core/report.ts'
import { sniff } from '../../src/core/sniff.ts'
import { zip } from './readers/ooxml/zip.ts'

const kind = (content: string | Uint8Array, name?: string) =>
  sniff({ bytes: typeof content === 'string' ? Buffer.from(content) : content, ...(name ? { name } : {}) })

describe('what a file is, by its content', () => {
  test.each([
    ['%PDF-1.7\n', 'pdf'],
    ['{\\rtf1 x}', 'rtf'],
    ['\n {\\rtf1 x}', 'rtf'],
    ['<!DOCTYPE html><p>x', 'html'],
    ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'html'],
    ['<?xml version="1.0"?><rss/>', 'xml'],
    ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', 'xls'],
    ['<office:document office:mimetype="application/vnd.oasis.opendocument.text">', 'odt'],
    ['{"a": [1, 2]}', 'json'],
    ['{"a":1}\n{"a":2}\n', 'json'],
    ['{"cells": [], "nbformat": 4}', 'ipynb'],
    ['From: a@example.org\nTo: b@example.org\nSubject: x\n\nhello', 'eml'],
    ['[1] Smith, J.: On lists', 'txt'],
    ['{curly} words', 'txt'],
    ['Plain words.', 'txt'],
  ])('%j is %s', (content, expected) => expect(kind(content)).toBe(expected))

  test('the name decides between texts that look alike', () => {
    expect(kind('a,b\n1,2', 'x.csv')).toBe('csv')
    expect(kind('# a', 'x.md')).toBe('md')
  })
  test('a name that contradicts the content is a warning', () => {
    const report = createReport()
    expect(sniff({ bytes: Buffer.from('%PDF-1.4'), name: 'plan.docx' }, report)).toBe('pdf')
    expect(report.warnings[0]?.code).toBe('format-mismatch')
  })
  test('packages are told by their members', () => {
    const one = (name: string) => zip([{ name, data: 'x' }])
    expect(kind(one('word/document.xml'))).toBe('docx')
    expect(kind(one('xl/workbook.bin'))).toBe('xlsx')
    expect(kind(one('a.txt'))).toBe('zip')
    expect(
      kind(
        zip([
          { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true },
          { name: 'content.xml', data: 'x' },
        ]),
      ),
    ).toBe('odt')
  })
  test('an Office package that lost its text is still one, if its name says so', () => {
    const rest = zip([{ name: '[Content_Types].xml', data: '<Types/>' }])
    expect(kind(rest, 'plan.docx')).toBe('docx')
    expect(kind(rest, 'plan.vsdx')).toBe('zip')
    expect(
      kind(
        zip([
          { name: 'word/main.xml', data: 'x' },
          { name: 'word/styles.xml', data: 'x' },
        ]),
      ),
    ).toBe('docx')
  })
  test.each(['plan.docx', 'plan.pdf', 'scan.png'])('words called %s are a damaged file', (name) => {
    expect(() => kind('Plain words.', name)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })
  test('a long list of numbers cut in the middle is JSON', () => {
    expect(kind(`[${'12345,'.repeat(20_000)}1]`)).toBe('json')
  })
  test('a program is refused with what can be read', () => {
    expect(() => kind(Buffer.from('7f454c4602010100000000000000', 'hex'))).toThrow(
      /no kind that mdraft reads/,
    )
  })
})
