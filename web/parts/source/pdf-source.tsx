import { useEffect, useRef, useState } from 'react'
import type { SourceMap } from '../source-map.ts'
import { type PageSize, PageStack } from './page-stack.tsx'
import { drawPage, openPdf, type PDFDocumentProxy } from './pdf.ts'
import { SourceFallback } from './source-fallback.tsx'

type Props = { readonly url: string; readonly sizes: readonly PageSize[]; readonly map: SourceMap }

export function PdfSource({ url, sizes, map }: Props) {
  const { file, pages, failed } = usePdf(url, sizes)
  if (failed)
    return (
      <SourceFallback url={url} title="The pages cannot be shown here">
        The browser could not open the original file. The Markdown and the findings are complete all the same.
      </SourceFallback>
    )
  if (!file || pages.length === 0)
    return (
      <div className="flex flex-1 items-center justify-center gap-2 bg-sunken text-ink-3">
        <span className="spinner" /> Opening pages…
      </div>
    )
  return (
    <PageStack sizes={pages} map={map} label="Pages of the source">
      {(page, scale) => <PdfPage file={file} page={page} scale={scale} />}
    </PageStack>
  )
}

function usePdf(url: string, known: readonly PageSize[]) {
  const [file, setFile] = useState<PDFDocumentProxy | null>(null)
  const [pages, setPages] = useState(known)
  const [failed, setFailed] = useState(false)
  const sizes = useRef(known)
  useEffect(() => {
    const task = openPdf(url)
    let stopped = false
    task.promise.then(
      async (opened) => {
        // Sizes come with the conversion; pages it left out are measured here.
        const all =
          sizes.current.length === opened.numPages ? sizes.current : await measure(opened, sizes.current)
        if (stopped) return
        setPages(all)
        setFile(opened)
      },
      () => stopped || setFailed(true),
    )
    return () => {
      stopped = true
      task.destroy()
    }
  }, [url])
  return { file, pages, failed }
}

async function measure(file: PDFDocumentProxy, known: readonly PageSize[]): Promise<PageSize[]> {
  const sizes: PageSize[] = []
  for (let page = 1; page <= file.numPages; page++) {
    const one = known.find((size) => size.page === page)
    if (one) sizes.push(one)
    else {
      const { width, height } = (await file.getPage(page)).getViewport({ scale: 1 })
      sizes.push({ page, width, height })
    }
  }
  return sizes
}

function PdfPage({ file, page, scale }: { file: PDFDocumentProxy; page: number; scale: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let cancel = () => {}
    let stopped = false
    file
      .getPage(page)
      .then((opened) => {
        if (stopped || !canvas.current || !text.current) return
        const drawn = drawPage(opened, canvas.current, text.current, scale)
        cancel = drawn.cancel
        return drawn.done
      })
      // A page out of sight is cancelled; a page that fails stays white beside its Markdown.
      .catch(() => {})
    return () => {
      stopped = true
      cancel()
    }
  }, [file, page, scale])
  return (
    <>
      <canvas ref={canvas} className="block h-full w-full" aria-label={`Page ${page}`} role="img" />
      <div ref={text} className="textLayer" />
    </>
  )
}
