/** Every bound in one place. Sizes in bytes, times in milliseconds. Hitting one is an error or a warning, never silence. */
export const defaultLimits = {
  /** One input file. */
  fileBytes: 100 * 2 ** 20,
  pages: 2_000,
  /** Sum of all members of an archive after inflating. */
  inflatedBytes: 500 * 2 ** 20,
  /** One member of an archive after inflating. */
  partBytes: 256 * 2 ** 20,
  /** Inflated size over packed size, looked at after the first megabyte. */
  inflateRatio: 100,
  zipEntries: 10_000,
  /** Archives and messages inside one another. */
  nesting: 3,
  xmlDepth: 256,
  xmlNodes: 5_000_000,
  htmlDepth: 512,
  htmlNodes: 2_000_000,
  imagePixels: 50_000_000,
  images: 2_000,
  imageBytes: 20 * 2 ** 20,
  dataUriBytes: 10 * 2 ** 20,
  tableCells: 200_000,
  sheetCells: 1_000_000,
  columnSpan: 200,
  outputChars: 50_000_000,
  /** PDF: one decoded stream, nested forms, text objects on a page. */
  pdfStreamBytes: 64 * 2 ** 20,
  pdfFormDepth: 16,
  pdfTextObjects: 2_000_000,
  ocrMillisPerPage: 20_000,
  /** Work on one file, in time of its own processor: a base and a share for each page, up to the ceiling. */
  baseMillis: 60_000,
  millisPerPage: 500,
  maxMillis: 900_000,
  /** The process that reads the file must show that its event loop turns at least this often. */
  silenceMillis: 30_000,
  /** Resident size of the process that reads the file. */
  residentBytes: 1024 * 2 ** 20,
} as const

export type Limits = { readonly [K in keyof typeof defaultLimits]: number }
