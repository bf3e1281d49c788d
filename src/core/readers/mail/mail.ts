/** One message, whatever file it came in. */

export type Message = {
  /** Rows of the head as a mail program shows them; empty ones are left out. */
  readonly head: readonly (readonly [name: string, value: string | undefined])[]
  readonly subject: string | undefined
  readonly from: string | undefined
  /** RFC 3339 when the source states a zone. */
  readonly date: string | undefined
  readonly html: string | undefined
  readonly text: string | undefined
  /** The body as Outlook keeps it, packed; HTML may be wrapped in it. */
  readonly packedRtf?: Uint8Array | undefined
  readonly attachments: readonly Attachment[]
}

export type Attachment = {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  /** Content-ID without its brackets: the body shows this part in place. */
  readonly contentId: string | undefined
}
