import { type App, asFile, bytes, failures, forPersons } from '../http.ts'
import type { BelongingService } from './service.ts'

const HOUR = 3_600_000

export const belongingRoutes =
  ({ belongings }: { belongings: BelongingService }) =>
  async (app: App): Promise<void> => {
    app.get(
      '/api/account/export',
      {
        config: { rate: { max: 10, windowMs: HOUR } },
        schema: {
          ...forPersons,
          tags: ['account'],
          summary: 'A copy of everything that is yours, as a zip archive',
          description:
            'Originals and Markdown of your documents, analyses, proposals with their matrix, comments and history, and `index.json` with all rows: keys (never the keys themselves), sessions, teams, prompts, webhooks, usage. Proposals of a team belong to the team.',
          response: { ...bytes('A zip archive'), ...failures },
        },
      },
      async (request, reply) => {
        const copy = await belongings.copy(request.actor)
        const made = new Date().toISOString().slice(0, 10)
        return asFile(reply, {
          mime: 'application/zip',
          filename: `mdraft-${made}.zip`,
          etag: request.id,
        })
          .header('cache-control', 'no-store')
          .send(copy)
      },
    )
  }
