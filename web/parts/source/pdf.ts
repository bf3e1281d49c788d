/** pdf.js, set up for a strict content security policy: own worker, no eval, no WebAssembly, files of our own origin. */
import { getDocument, type PDFDocumentProxy, type PDFPageProxy, PDFWorker, TextLayer } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

export type { PDFDocumentProxy, PDFPageProxy }

type Policies = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string }
}

/** Under Trusted Types a worker is started only from a URL that a policy has let through: this one. */
function startWorker(): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies } // not in every browser
  const policy = trustedTypes?.createPolicy('mdraft-worker', {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError('Only the worker of pdf.js may be started.')
      return url
    },
  })
  return new Worker(policy ? policy.createScriptURL(workerUrl) : workerUrl, { type: 'module' })
}

/** One for all documents: closing a document leaves it running for the next. */
let worker: PDFWorker | undefined

export function openPdf(url: string) {
  worker ??= PDFWorker.create({ port: startWorker() })
  return getDocument({
    url,
    worker,
    withCredentials: true,
    cMapUrl: '/pdfjs/cmaps/',
    standardFontDataUrl: '/pdfjs/standard_fonts/',
    wasmUrl: '/pdfjs/wasm/',
    iccUrl: '/pdfjs/iccs/',
    // Fonts that a file does not hold come from pdf.js: those of the system differ in width, and lines would be squeezed.
    useSystemFonts: false,
    useWasm: false,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  })
}

/** A canvas beyond this many pixels costs more memory than a page is worth. */
const MAX_PIXELS = 16_000_000

export type Drawn = { readonly done: Promise<void>; cancel(): void }

/** Draws a page and lays its text over it. */
export function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  text: HTMLElement,
  scale: number,
): Drawn {
  const viewport = page.getViewport({ scale })
  const wanted = Math.min(globalThis.devicePixelRatio || 1, 2)
  const ratio = Math.min(wanted, Math.sqrt(MAX_PIXELS / (viewport.width * viewport.height)))
  canvas.width = Math.floor(viewport.width * ratio)
  canvas.height = Math.floor(viewport.height * ratio)
  const task = page.render({
    canvas,
    viewport,
    ...(ratio === 1 ? {} : { transform: [ratio, 0, 0, ratio, 0, 0] }),
  })
  text.replaceChildren()
  text.style.setProperty('--total-scale-factor', String(scale))
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport })
  const words = layer.render()
  return {
    done: Promise.all([task.promise, words]).then(() => undefined),
    cancel: () => {
      task.cancel()
      layer.cancel()
    },
  }
}
