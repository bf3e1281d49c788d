/** PDFium compiled to WebAssembly: the one file that loads it. Its functions are called raw, without wrappers. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { init } from '@embedpdf/pdfium'

/** Every function of PDFium's public C API that we call; loading fails loudly when one is missing. */
const names = [
  'FPDF_InitLibrary',
  'FPDF_LoadMemDocument64',
  'FPDF_GetLastError',
  'FPDF_CloseDocument',
  'FPDF_GetPageCount',
  'FPDF_LoadPage',
  'FPDF_ClosePage',
  'FPDF_GetPageBoundingBox',
  'FPDF_GetPageLabel',
  'FPDF_GetMetaText',
  'FPDF_GetFormType',
  'FPDFCatalog_GetLanguage',
  'FPDFCatalog_IsTagged',
  'EPDF_GetPageBoxByIndex',
  'EPDF_GetPageRotationByIndex',
  'FPDFPage_GetRotation',
  'FPDFPage_GetAnnotCount',
  'FPDFPage_GetAnnot',
  'FPDFPage_CloseAnnot',
  'FPDFAnnot_GetFlags',
  'FPDFAnnot_GetSubtype',
  'FPDFAnnot_GetRect',
  'FPDFAnnot_HasAttachmentPoints',
  'FPDFAnnot_CountAttachmentPoints',
  'FPDFAnnot_GetAttachmentPoints',
  'FPDFAnnot_GetStringValue',
  'FPDFAnnot_GetLink',
  'FPDFLink_GetAction',
  'FPDFAction_GetType',
  'FPDFAction_GetURIPath',
  'FPDFAnnot_GetFormFieldType',
  'FPDFAnnot_GetFormFieldName',
  'FPDFAnnot_GetFormFieldAlternateName',
  'FPDFAnnot_GetFormFieldValue',
  'FPDFAnnot_GetFontSize',
  'PDFiumExt_OpenFormFillInfo',
  'PDFiumExt_CloseFormFillInfo',
  'PDFiumExt_InitFormFillEnvironment',
  'PDFiumExt_ExitFormFillEnvironment',
  'FPDFText_LoadPage',
  'FPDFText_ClosePage',
  'FPDFText_CountChars',
  'FPDFText_GetUnicode',
  'FPDFText_GetTextObject',
  'FPDFText_GetLooseCharBox',
  'FPDFText_GetCharOrigin',
  'FPDFText_GetMatrix',
  'FPDFText_GetFontSize',
  'FPDFText_IsHyphen',
  'FPDFText_HasUnicodeMapError',
  'FPDFTextObj_GetFont',
  'FPDFTextObj_GetTextRenderMode',
  'FPDFFont_GetBaseFontName',
  'FPDFFont_GetFlags',
  'FPDFFont_GetWeight',
  'FPDFFont_GetItalicAngle',
  'FPDFPageObj_GetFillColor',
  'FPDFPageObj_GetStrokeColor',
  'FPDFPageObj_GetStrokeWidth',
  'FPDFPageObj_GetMarkedContentID',
  'FPDFPageObj_GetType',
  'FPDFPageObj_GetBounds',
  'FPDFPageObj_GetMatrix',
  'FPDFPageObj_HasTransparency',
  'FPDFImageObj_GetRenderedBitmap',
  'FPDFPageObj_GetClipPath',
  'FPDFClipPath_CountPaths',
  'FPDFClipPath_CountPathSegments',
  'FPDFClipPath_GetPathSegment',
  'FPDFPage_CountObjects',
  'FPDFPage_GetObject',
  'FPDFFormObj_CountObjects',
  'FPDFFormObj_GetObject',
  'FPDFPath_CountSegments',
  'FPDFPath_GetPathSegment',
  'FPDFPath_GetDrawMode',
  'FPDFPathSegment_GetPoint',
  'FPDFPathSegment_GetType',
  'FPDFPathSegment_GetClose',
  'FPDFBookmark_GetFirstChild',
  'FPDFBookmark_GetNextSibling',
  'FPDFBookmark_GetTitle',
  'FPDFBookmark_GetDest',
  'FPDFBookmark_GetAction',
  'FPDFAction_GetDest',
  'FPDFDest_GetDestPageIndex',
  'FPDFDest_GetLocationInPage',
  'FPDF_StructTree_GetForPage',
  'FPDF_StructTree_Close',
  'FPDF_StructTree_CountChildren',
  'FPDF_StructTree_GetChildAtIndex',
  'FPDF_StructElement_GetType',
  'FPDF_StructElement_GetAltText',
  'FPDF_StructElement_CountChildren',
  'FPDF_StructElement_GetChildAtIndex',
  'FPDF_StructElement_GetChildMarkedContentID',
  'FPDF_StructElement_GetAttributeCount',
  'FPDF_StructElement_GetAttributeAtIndex',
  'FPDF_StructElement_Attr_GetValue',
  'FPDF_StructElement_Attr_GetNumberValue',
  'FPDFBitmap_CreateEx',
  'FPDFBitmap_FillRect',
  'FPDFBitmap_GetBuffer',
  'FPDFBitmap_GetFormat',
  'FPDFBitmap_GetWidth',
  'FPDFBitmap_GetHeight',
  'FPDFBitmap_GetStride',
  'FPDFBitmap_Destroy',
  'FPDF_RenderPageBitmap',
  'FPDFPage_CreateAnnot',
  'FPDFAnnot_AppendAttachmentPoints',
  'FPDFAnnot_SetRect',
  'FPDFAnnot_SetColor',
  'FPDFAnnot_SetFlags',
  'FPDFAnnot_SetBorder',
  'FPDFAnnot_SetStringValue',
  'EPDFAnnot_SetDefaultAppearance',
  'EPDFAnnot_GenerateAppearance',
  'PDFiumExt_OpenFileWriter',
  'PDFiumExt_SaveAsCopy',
  'PDFiumExt_GetFileWriterSize',
  'PDFiumExt_GetFileWriterData',
  'PDFiumExt_CloseFileWriter',
  'FPDFAnnot_HasKey',
  'FPDFPage_Flatten',
] as const

type Name = (typeof names)[number]
type Calls = { readonly [K in Name]: (...args: number[]) => number }

/** One instance of the library with its own heap. After any throw out of a call it must be discarded. */
export type Pdfium = {
  readonly call: Calls
  /** Scratch memory for out-parameters: 64 bytes. */
  readonly scratch: number
  /** Views of the heap; they change when it grows, so they are read again at each use. */
  u8(): Uint8Array
  f32(): Float32Array
  f64(): Float64Array
  i32(): Int32Array
  malloc(bytes: number): number
  free(address: number): void
  /** True once an allocation was refused because of the cap. */
  isOutOfMemory(): boolean
}

let compiled: Promise<WebAssembly.Module> | undefined

/** Compiling takes about 10 ms, once a process; an instance about 4 ms. */
function compile(): Promise<WebAssembly.Module> {
  compiled ??= readFile(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm'))).then((bytes) =>
    WebAssembly.compile(bytes),
  )
  return compiled
}

/** A fresh instance whose heap never grows beyond `heapBytes`. */
export async function startPdfium(heapBytes: number): Promise<Pdfium> {
  const module = await compile()
  let isOutOfMemory = false
  const capped = (imports: WebAssembly.Imports) => {
    const env = imports.env as Record<string, WebAssembly.ImportValue> // Emscripten's import object
    const grow = env.emscripten_resize_heap as (bytes: number) => boolean
    env.emscripten_resize_heap = (bytes: number) => {
      if (bytes >>> 0 <= heapBytes) return grow(bytes)
      isOutOfMemory = true
      return false
    }
  }
  const { pdfium } = await init({
    print: () => {},
    printErr: () => {},
    instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
      capped(imports)
      const instance = new WebAssembly.Instance(module, imports)
      receive(instance)
      return instance.exports
    },
  })
  const exports = pdfium.wasmExports as unknown as Record<string, (...args: number[]) => number> // C functions
  for (const name of names)
    if (typeof exports[name] !== 'function') throw new Error(`PDFium lacks the function ${name}.`)
  const memory = (exports as unknown as { memory: WebAssembly.Memory }).memory
  exports.FPDF_InitLibrary!()
  return {
    call: exports as unknown as Calls, // checked name by name above
    scratch: exports.malloc!(64),
    ...heapViews(memory),
    malloc: (bytes) => exports.malloc!(bytes),
    free: (address) => void exports.free!(address),
    isOutOfMemory: () => isOutOfMemory,
  }
}

/** Typed views of the heap, made anew when it has grown: the old buffer is then detached. */
function heapViews(memory: WebAssembly.Memory): Pick<Pdfium, 'u8' | 'f32' | 'f64' | 'i32'> {
  const make = (buffer: ArrayBuffer) => ({
    u8: new Uint8Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
    i32: new Int32Array(buffer),
  })
  let views = make(memory.buffer)
  const fresh = () => {
    // A detached view has no length; asking the memory for its buffer is several times slower.
    if (views.u8.length === 0) views = make(memory.buffer)
    return views
  }
  return { u8: () => fresh().u8, f32: () => fresh().f32, f64: () => fresh().f64, i32: () => fresh().i32 }
}

/** A string that the library writes as UTF-16 into a buffer, having been asked for its size first. */
export function readString(
  pdfium: Pdfium,
  ask: (buffer: number, bytes: number) => number,
  maxBytes = 65_536,
): string {
  return readBuffer(pdfium, ask, maxBytes, (bytes) => new TextDecoder('utf-16le').decode(bytes)).replace(
    /\0+$/,
    '',
  )
}

/** The same for strings written as UTF-8. */
export function readString8(
  pdfium: Pdfium,
  ask: (buffer: number, bytes: number) => number,
  maxBytes = 4_096,
): string {
  return readBuffer(pdfium, ask, maxBytes, (bytes) => new TextDecoder().decode(bytes)).replace(/\0+$/, '')
}

function readBuffer(
  pdfium: Pdfium,
  ask: (buffer: number, bytes: number) => number,
  maxBytes: number,
  decode: (bytes: Uint8Array) => string,
): string {
  const size = ask(0, 0)
  if (size <= 0 || size > maxBytes) return ''
  const buffer = pdfium.malloc(size)
  ask(buffer, size)
  const text = decode(pdfium.u8().slice(buffer, buffer + size))
  pdfium.free(buffer)
  return text
}

/** Calls `use` with the address of a zero-terminated copy of the bytes. */
export function withBytes<T>(pdfium: Pdfium, bytes: Uint8Array, use: (address: number) => T): T {
  const address = pdfium.malloc(bytes.byteLength + 1)
  pdfium.u8().set(bytes, address)
  pdfium.u8()[address + bytes.byteLength] = 0
  const result = use(address)
  pdfium.free(address)
  return result
}
