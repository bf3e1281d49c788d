import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MatrixRow } from '../../../src/contract/proposals.ts'
import { analysisQuery, conversionQuery } from '../../api/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'
import { SourcePane } from '../source/source-pane.tsx'
import { createSourceMap } from '../source-map.ts'

/** The document that a row quotes, beside the matrix. */
export function RowSource({ row, onClose }: { row: MatrixRow; onClose: () => void }) {
  const analysis = useQuery({ ...analysisQuery(row.analysis_id ?? ''), enabled: row.analysis_id !== null })
  const id = analysis.data?.conversion_id ?? null
  const { data: conversion, error } = useQuery({ ...conversionQuery(id ?? ''), enabled: id !== null })
  const map = useMemo(
    () => conversion && createSourceMap(conversion.markdown ?? '', conversion.map),
    [conversion],
  )
  const failure = error ?? analysis.error
  const isGone = row.analysis_id === null || (analysis.data && id === null)
  return (
    <>
      <div className="flex h-9 shrink-0 items-center gap-2 border-line border-b bg-paper px-3">
        <p className="min-w-0 flex-1 truncate font-medium text-sm">{conversion?.filename ?? 'Document'}</p>
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label="Close the document"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      {failure ? (
        <div className="p-4">
          <Problem error={failure} />
        </div>
      ) : isGone ? (
        <p className="m-auto p-4 text-ink-3">The document of this row is not here any more.</p>
      ) : conversion && map ? (
        <SourcePane key={conversion.id} conversion={conversion} map={map} />
      ) : (
        <p className="m-auto flex items-center gap-2 text-ink-3">
          <span className="spinner" /> Opening…
        </p>
      )}
    </>
  )
}
