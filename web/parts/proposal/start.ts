/** From an analysed solicitation to a proposal with its matrix. */
import type { Analysis } from '../../../src/contract/analyses.ts'
import type { ConversionDetail } from '../../../src/contract/documents.ts'
import { createProposal, fillMatrix, putDocument, refreshProposals } from '../../api/proposals.ts'
import { analysisOf, queryClient } from '../../api/queries.ts'
import { dueOf } from '../when.ts'

/** What the analysis tells of the proposal to write; dates that disagree are left to the user. */
export function plan({ solicitation, document, submission_checklist }: Analysis) {
  const dates = new Set(
    submission_checklist.filter(({ kind }) => kind === 'due_date').map(({ value }) => value),
  )
  const [first] = dates
  const name = solicitation.title ?? document.title ?? document.filename.replace(/\.[^.]+$/, '')
  const number = solicitation.number && !name.includes(solicitation.number) ? `${solicitation.number}: ` : ''
  return {
    title: `${number}${name}`.slice(0, 255),
    // The office stands before its address.
    client: (solicitation.issuing_office?.split(',')[0] ?? '').trim().slice(0, 255),
    due: (dates.size === 1 && first !== undefined && dueOf(first)) || null,
  }
}

type Source = Pick<ConversionDetail, 'id' | 'analysis_id'>

export async function startProposal(conversion: Source, teamId: string | null): Promise<string> {
  const { id: analysisId, analysis } = await analysisOf(conversion)
  const { id } = await createProposal({ ...plan(analysis), team_id: teamId })
  await putDocument(id, conversion.id, 'base')
  await fillMatrix(id, analysisId)
  refresh()
  return id
}

export async function addToProposal(id: string, conversion: Source): Promise<string> {
  await putDocument(id, conversion.id, 'amendment')
  refresh()
  return id
}

function refresh(): void {
  refreshProposals()
  queryClient.invalidateQueries({ queryKey: ['conversions'] })
}
