/** What happened, in words. */
import { type MatrixRow, rowStateNames } from '../../../src/contract/proposals.ts'
import type { ProposalEvent, ProposalState } from '../../api/proposals.ts'
import { plural } from '../say.ts'
import type { People } from './people.ts'
import { roleNames, stateNames } from './states.ts'

type Step = { readonly from: unknown; readonly to: unknown }
const isStep = (value: unknown): value is Step => typeof value === 'object' && value !== null && 'to' in value

const quoted = (value: unknown): string => {
  const text = String(value ?? '')
  return text === '' ? 'nothing' : `“${text.length > 80 ? `${text.slice(0, 79)}…` : text}”`
}
const lookUp = (names: Record<string, string>, value: unknown) => names[String(value)] ?? String(value)

function fieldText(field: string, { from, to }: Step, people: People): string {
  switch (field) {
    case 'status': {
      const names: Record<string, string> = { ...stateNames, ...rowStateNames } satisfies Record<
        ProposalState | MatrixRow['status'],
        string
      >
      return `set the status from ${lookUp(names, from)} to ${lookUp(names, to)}`
    }
    case 'owner_id':
      return to ? `gave it to ${people.name(String(to))}` : 'took it from its owner'
    case 'response_location':
      return `set the response location to ${quoted(to)}`
    case 'notes':
      return `wrote the notes: ${quoted(to)}`
    case 'title':
      return `renamed it to ${quoted(to)}`
    case 'client':
      return `set the client to ${quoted(to)}`
    case 'due_at':
      return to ? `set when it is due: ${String(to).slice(0, 10)}` : 'took the due date away'
    default:
      return ''
  }
}

const texts: Record<string, (detail: ProposalEvent['detail']) => string> = {
  created: () => 'made the proposal',
  'document added': ({ role }) => `put a document in as ${lookUp(roleNames, role)}`,
  'document removed': () => 'took a document out',
  'put into the trash': () => 'put it into the trash',
  'taken out of the trash': () => 'took it out of the trash',
  'matrix filled': ({ added }) => `filled the matrix with ${plural(Number(added), 'requirement')}`,
  'matrix amended': ({ changed, added, removed }) =>
    `applied an amendment: ${plural(Number(changed), 'row')} changed, ${added} added, ${removed} no longer asked for`,
  'row amended': () => 'changed the requirement by an amendment',
  'row removed by amendment': () => 'marked it as no longer asked for',
  commented: () => 'commented',
  'shared by link': ({ days }) => `made a link for ${plural(Number(days), 'day')}`,
  'link withdrawn': () => 'withdrew a link',
}

export function eventText(
  { action, detail }: Pick<ProposalEvent, 'action' | 'detail'>,
  people: People,
): string {
  const known = texts[action]
  if (known) return known(detail)
  const changes = Object.entries(detail).flatMap(([field, value]) =>
    isStep(value) ? [fieldText(field, value, people)] : [],
  )
  return changes.filter(Boolean).join(', ') || action
}
