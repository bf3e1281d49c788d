import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decodeText } from '../../../src/core/io/text.ts'
import { createReport } from '../../../src/core/report.ts'

const bytes = (text: string, encoding: string, addBOM = false) => iconv.encode(text, encoding, { addBOM })

describe('encodings', () => {
  const samples: readonly (readonly [encoding: string, text: string])[] = [
    ['utf-8', 'Größe – 5 €'],
    ['utf-16le', 'Plain English text, wide'],
    ['utf-16be', 'Plain English text, wide'],
    ['windows-1252', 'The café’s résumé costs 5 € — naïve.'],
    ['windows-1251', 'Привет, мир. Это проверка кодировки текста.'],
    ['koi8-r', 'Привет, мир. Это проверка кодировки текста.'],
    ['shift_jis', 'これは日本語のテキストです。文字コードを確認します。'],
    ['euc-jp', 'これは日本語のテキストです。文字コードを確認します。'],
    ['gb18030', '这是一个中文文本文件，用于测试编码。'],
    ['big5', '這是一個中文文本文件，用於測試編碼。'],
    ['cp949', '이것은 한국어 텍스트 파일입니다. 인코딩을 확인합니다.'],
  ]
  test.each(samples)('%s without a mark', (encoding, text) => {
    expect(decodeText(bytes(text, encoding))).toBe(text)
  })
  test.each(['utf-8', 'utf-16le', 'utf-16be'])('%s with its mark', (encoding) => {
    expect(decodeText(bytes('Ωmega', encoding, true))).toBe('Ωmega')
  })

  test('a guess is a warning, valid UTF-8 is none', () => {
    const report = createReport()
    decodeText(Buffer.from('naïve'), report)
    expect(report.warnings).toEqual([])
    decodeText(bytes('Straße und Größe', 'windows-1252'), report)
    expect(report.warnings.map(({ code }) => code)).toEqual(['encoding-guessed'])
  })
  test('what is declared wins over a guess; UTF-16 declared in single bytes is not believed', () => {
    expect(decodeText(bytes('Łódź', 'iso-8859-2'), undefined, 'iso-8859-2')).toBe('Łódź')
    expect(decodeText(Buffer.from('plain'), undefined, 'utf-16')).toBe('plain')
  })
  test('ISO-8859-1 means Windows-1252, as browsers read it', () => {
    expect(decodeText(Uint8Array.of(0x93, 0x61, 0x94), undefined, 'iso-8859-1')).toBe('“a”')
  })
  test('a few broken bytes do not turn UTF-8 into another encoding', () => {
    const damaged = Buffer.concat([Buffer.from('äöü äöü äöü äöü '), Uint8Array.of(0xff), Buffer.from(' äöü')])
    expect(decodeText(damaged)).toBe('äöü äöü äöü äöü \uFFFD äöü')
  })
  test('line ends are one kind', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\n'))).toBe('a\nb\nc\n')
  })
})
