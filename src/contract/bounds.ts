/** How many there may be of what is listed whole; every other list comes page by page. */
export const bounds = {
  /** Of one account. */
  keys: 100,
  sessions: 100,
  webhooks: 20,
  prompts: 100,
  /** That one person is in. */
  teams: 100,
  /** Members and open invitations of a team. */
  people: 500,
  /** Of one proposal. */
  documents: 200,
  shares: 100,
} as const
