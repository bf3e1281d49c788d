/** How the states of proposals and rows are said and coloured. */
import type { MatrixRow } from '../../../src/contract/proposals.ts'
import type { DocumentRole, ProposalState } from '../../api/proposals.ts'

export const stateNames: Record<ProposalState, string> = {
  draft: 'Draft',
  qualifying: 'Qualifying',
  writing: 'Writing',
  review: 'Review',
  submitted: 'Submitted',
  won: 'Won',
  lost: 'Lost',
  archived: 'Archived',
}
export const stateLooks: Record<ProposalState, string> = {
  draft: '',
  qualifying: 'bg-info-soft text-info',
  writing: 'bg-info-soft text-info',
  review: 'bg-caution-soft text-caution',
  submitted: 'bg-accent-soft text-accent',
  won: 'bg-accent text-accent-ink',
  lost: 'bg-danger-soft text-danger',
  archived: 'text-ink-3',
}

type RowState = MatrixRow['status']
/** The colour of a state in a bar. */
export const rowStateShades: Record<RowState, string> = {
  compliant: 'bg-accent',
  partial: 'bg-mark-line',
  exception: 'bg-danger',
  not_applicable: 'bg-ink-3',
  open: 'bg-line-strong',
}
export const rowStateLooks: Record<RowState, string> = {
  compliant: 'border-accent/50 bg-accent-soft text-accent',
  partial: 'border-mark-line/60 bg-caution-soft text-caution',
  exception: 'border-danger/40 bg-danger-soft text-danger',
  not_applicable: 'text-ink-3',
  open: '',
}

export const roleNames: Record<DocumentRole, string> = {
  base: 'Solicitation',
  amendment: 'Amendment',
  qa: 'Questions and answers',
  attachment: 'Attachment',
  draft: 'Our draft',
}
