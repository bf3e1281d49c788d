/** Opening a PDF: password, damage, and an instance that is replaced when a page brings it down. */
import { MdraftError } from '../../errors.ts'
import { type Pdfium, startPdfium, withBytes } from './pdfium.ts'

/** FPDF_GetLastError: 3 = not a PDF or damaged, 4 = needs a password, 5 = unsupported security. */
const BAD_FORMAT = 3
const NEEDS_PASSWORD = 4
const UNKNOWN_SECURITY = 5
/** A file may bring an instance down this often before it is given up. */
const MAX_RESTARTS = 3

export type PdfFile = {
  readonly pageCount: number
  /** Runs `use` on the open document; a throw out of the library discards the instance and is thrown on. */
  run<T>(use: (pdfium: Pdfium, document: number, form: number) => T): Promise<T>
  close(): void
}

export type OpenOptions = { readonly password?: string | undefined; readonly heapBytes: number }

type Opened = {
  readonly pdfium: Pdfium
  readonly document: number
  readonly bytes: number
  /** Handle of the form, by which fields know their values; 0: the file has none. */
  readonly form: number
  readonly formInfo: number
}

export async function openPdf(bytes: Uint8Array, options: OpenOptions): Promise<PdfFile> {
  let opened: Opened | undefined = await open(bytes, options)
  let restarts = 0
  const pageCount = opened.pdfium.call.FPDF_GetPageCount(opened.document)
  return {
    pageCount,
    async run(use) {
      opened ??= await open(bytes, options)
      const { pdfium, document, form } = opened
      try {
        return use(pdfium, document, form)
      } catch (error) {
        if (!isCrash(error)) throw error
        // One abort leaves the heap in an unknown state: every later call on it may fail.
        opened = undefined
        if (++restarts > MAX_RESTARTS) throw gaveUp(pdfium, error)
        throw error
      }
    },
    close() {
      if (!opened) return
      const { pdfium, document, bytes: address, form, formInfo } = opened
      if (form !== 0) pdfium.call.PDFiumExt_ExitFormFillEnvironment(form)
      if (formInfo !== 0) pdfium.call.PDFiumExt_CloseFormFillInfo(formInfo)
      pdfium.call.FPDF_CloseDocument(document)
      pdfium.free(address)
      giveBack(pdfium)
      opened = undefined
    },
  }
}

/** A trap or abort inside WebAssembly, as opposed to an error of ours. */
export const isCrash = (error: unknown): boolean =>
  error instanceof WebAssembly.RuntimeError ||
  (error instanceof RangeError && !(error instanceof MdraftError))

const gaveUp = (pdfium: Pdfium, cause: unknown) =>
  pdfium.isOutOfMemory()
    ? new MdraftError('bomb', 'The file needs more memory than a PDF may take.', {
        fix: 'Open it in a PDF program and save it anew, or raise the limit.',
        cause,
      })
    : new MdraftError('malformed', 'The file is damaged in a way that stops the PDF engine.', {
        fix: 'Open it in a PDF program and save it anew.',
        cause,
      })

async function open(bytes: Uint8Array, { password, heapBytes }: OpenOptions): Promise<Opened> {
  const pdfium = await borrow(heapBytes)
  try {
    const address = pdfium.malloc(bytes.byteLength)
    if (address === 0) throw gaveUp(pdfium, undefined)
    pdfium.u8().set(bytes, address)
    const load = (secret: number) => pdfium.call.FPDF_LoadMemDocument64(address, bytes.byteLength, secret)
    const document =
      password === undefined ? load(0) : withBytes(pdfium, new TextEncoder().encode(password), load)
    if (document !== 0) return { pdfium, document, bytes: address, ...openForm(pdfium, document) }
    const code = pdfium.call.FPDF_GetLastError()
    pdfium.free(address)
    giveBack(pdfium)
    throw refusal(code, password)
  } catch (error) {
    throw isCrash(error) ? gaveUp(pdfium, error) : error
  }
}

function openForm({ call }: Pdfium, document: number): { form: number; formInfo: number } {
  if (call.FPDF_GetFormType(document) === 0) return { form: 0, formInfo: 0 }
  const formInfo = call.PDFiumExt_OpenFormFillInfo()
  return { form: call.PDFiumExt_InitFormFillEnvironment(document, formInfo), formInfo }
}

function refusal(code: number, password: string | undefined): MdraftError {
  if (code === NEEDS_PASSWORD && password === undefined)
    return new MdraftError('password_required', 'The PDF is protected by a password.', {
      fix: 'Give the password (--password).',
    })
  if (code === NEEDS_PASSWORD)
    return new MdraftError('wrong_password', 'The password does not open the PDF.', {
      fix: 'Check the password.',
    })
  if (code === UNKNOWN_SECURITY)
    return new MdraftError(
      'unsupported_format',
      'The PDF is protected by a method that mdraft does not know.',
      {
        fix: 'Save an unprotected copy with the program that made it.',
      },
    )
  return new MdraftError(
    'malformed',
    code === BAD_FORMAT
      ? 'The file is not a PDF, or it is damaged beyond repair.'
      : 'The PDF cannot be opened.',
    { fix: 'Open it in a PDF program and save it anew.' },
  )
}

/** Instances at rest, one a cap; starting one costs more than reading a short file. */
const resting = new Map<number, Pdfium>()
/** An instance never gives memory back: above this it is left to the garbage collector. */
const KEEP_BELOW = 64 * 2 ** 20
const caps = new WeakMap<Pdfium, number>()

async function borrow(heapBytes: number): Promise<Pdfium> {
  const rested = resting.get(heapBytes)
  if (rested) {
    resting.delete(heapBytes)
    return rested
  }
  const pdfium = await startPdfium(heapBytes)
  caps.set(pdfium, heapBytes)
  return pdfium
}

function giveBack(pdfium: Pdfium): void {
  const cap = caps.get(pdfium)
  if (cap !== undefined && !pdfium.isOutOfMemory() && pdfium.u8().byteLength <= KEEP_BELOW)
    resting.set(cap, pdfium)
}
