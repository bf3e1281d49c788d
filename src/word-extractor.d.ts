/** The package brings no types. */
declare module 'word-extractor' {
  type WordDocument = { getBody(): string; getFootnotes(): string; getTextboxes(): string }
  export default class WordExtractor {
    extract(file: Buffer): Promise<WordDocument>
  }
}
