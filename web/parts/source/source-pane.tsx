import { lazy, Suspense, useState } from 'react'
import type { ConversionDetail } from '../../../src/contract/documents.ts'
import { downloadUrl } from '../../api/queries.ts'
import type { SourceMap } from '../source-map.ts'
import { HtmlSource } from './html-source.tsx'
import { PageStack } from './page-stack.tsx'
import { SourceFallback } from './source-fallback.tsx'

/** pdf.js is most of the code: it is fetched when a PDF is opened. */
const PdfSource = lazy(() => import('./pdf-source.tsx').then(({ PdfSource }) => ({ default: PdfSource })))

type Props = { readonly conversion: ConversionDetail; readonly map: SourceMap }

/** The original beside its Markdown: pages, a picture, or the text as a sheet. */
export function SourcePane({ conversion, map }: Props) {
  const url = downloadUrl(conversion.job_id, 'source')
  if (conversion.format === 'pdf')
    return (
      <Suspense fallback={<div className="flex-1 bg-sunken" />}>
        <PdfSource url={url} sizes={conversion.page_sizes} map={map} />
      </Suspense>
    )
  if (/^image\/(png|jpeg|webp|gif|bmp)$/.test(conversion.original_mime) && conversion.page_sizes.length > 0)
    return <ImageSource url={url} sizes={conversion.page_sizes} map={map} />
  return <HtmlSource jobId={conversion.job_id} url={url} map={map} />
}

function ImageSource({
  url,
  sizes,
  map,
}: {
  url: string
  sizes: ConversionDetail['page_sizes']
  map: SourceMap
}) {
  const [failed, setFailed] = useState(false)
  if (failed)
    return (
      <SourceFallback url={url} title="The picture cannot be shown here">
        The browser does not know this kind of picture.
      </SourceFallback>
    )
  return (
    <PageStack sizes={sizes.slice(0, 1)} map={map} label="The source picture">
      {() => (
        <img src={url} alt="The source" className="block h-full w-full" onError={() => setFailed(true)} />
      )}
    </PageStack>
  )
}
