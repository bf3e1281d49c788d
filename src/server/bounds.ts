/** What is listed whole is bounded when it is made. */
import { bounds } from '../contract/bounds.ts'
import { MdraftError } from '../core/index.ts'

/** Rows: kind → what is said when there is no room for one more. */
const words: {
  readonly [K in Exclude<keyof typeof bounds, 'sessions'>]: readonly [what: string, fix: string]
} = {
  keys: ['The account has', 'Delete a key that nobody uses.'],
  webhooks: ['The account has', 'Delete one first.'],
  prompts: ['The account has', 'Delete one that you do not need.'],
  teams: ['You are in', 'Leave one first.'],
  people: ['The team has', 'Take somebody out of the team, or withdraw an invitation.'],
  documents: ['The proposal has', 'Take one out first, or split the proposal.'],
  shares: ['The proposal has', 'Withdraw a link that is not needed.'],
}

/** @throws MdraftError `conflict` when there are as many as there may be */
export function haveRoom(kind: keyof typeof words, count: number): void {
  const most = bounds[kind]
  if (count < most) return
  const [what, fix] = words[kind]
  throw new MdraftError(
    'conflict',
    `${what} ${most} ${kind === 'shares' ? 'links' : kind}, which is the most.`,
    { fix },
  )
}
