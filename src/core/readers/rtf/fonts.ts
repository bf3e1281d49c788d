/** Fonts decide how bytes become characters (RTF 1.9.1, "Font Table"). */

export type Font = { readonly name: string; readonly codePage: number | undefined }

/** Windows character sets → code pages. 2, the symbol fonts, is no code page. */
const charsets: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  78: 932,
  79: 949,
  80: 936,
  81: 950,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
}

export const SYMBOL_CHARSET = 2

export const codePageOfCharset = (charset: number): number | undefined => charsets[charset]

/** Names that iconv-lite knows. */
export function encodingOfCodePage(codePage: number): string {
  if (codePage === 65001) return 'utf-8'
  if (codePage === 10000) return 'macroman'
  if (codePage === 10007) return 'maccyrillic'
  if (codePage === 1361) return 'cp949'
  if (codePage === 0 || codePage === 20127) return 'windows-1252'
  return `cp${codePage}`
}
