/** Agents: the four analyses, which rules can do, and prompts of users, which need a language model. */
import type { z } from 'zod'
import type { Agent, agentChangeSchema, newAgentSchema } from '../../contract/agents.ts'
import type { AnalyzeRequest } from '../../contract/analyses.ts'
import { MdraftError } from '../../core/index.ts'
import { newId } from '../../platform/ids.ts'
import { type AnalysisType, analysisTypes } from '../../rfp/findings.ts'
import { type Actor, may, type UserActor } from '../actor.ts'
import type { AnalysisService, Answered, RunAnswered } from '../analyses/service.ts'
import { haveRoom } from '../bounds.ts'
import type { PromptRow, PromptStore } from './store.ts'

type Needs = {
  readonly store: PromptStore
  readonly analyses: Pick<AnalysisService, 'request' | 'run'>
  /** "provider:model", when one is configured. */
  readonly model: string | undefined
}

const builtIn: { readonly [T in AnalysisType]: string } = {
  'compliance-matrix': 'Every requirement, quoted from its place',
  'evaluation-criteria': 'Factors, weights and points',
  'annotated-outline': 'The sections a proposal needs, with what belongs in each',
  'submission-checklist': 'Dates, addresses, formats, forms and limits',
}
const isBuiltIn = (name: string): name is AnalysisType => name in analysisTypes

const missing = () => new MdraftError('not_found', 'There is no such agent.')

export const agentService = ({ store, analyses, model }: Needs) => {
  const present = ({ name, description, instructions, version, updated_at }: PromptRow): Agent => ({
    name,
    kind: 'prompt',
    description,
    needs_model: true,
    available: model !== undefined,
    instructions,
    version,
    updated_at: updated_at.toISOString(),
  })
  const find = async (actor: Actor, name: string): Promise<PromptRow> => {
    const row = actor.kind === 'user' ? await store.find(actor.id, name) : undefined
    if (!row) throw missing()
    return row
  }

  return {
    list: async (actor: Actor): Promise<{ items: Agent[]; model: string | null }> => {
      may(actor, 'analyses:read')
      const own = actor.kind === 'user' ? await store.list(actor.id) : []
      const names = Object.keys(builtIn) as AnalysisType[]
      return { items: [...names.map(presentBuiltIn), ...own.map(present)], model: model ?? null }
    },

    get: async (actor: Actor, name: string): Promise<Agent> => {
      may(actor, 'analyses:read')
      return isBuiltIn(name) ? presentBuiltIn(name) : present(await find(actor, name))
    },

    create: async (actor: Actor, made: z.infer<typeof newAgentSchema>): Promise<Agent> => {
      may(actor, 'analyses:write')
      const { id } = account(actor)
      haveRoom('prompts', await store.count(id))
      const row = isBuiltIn(made.name) ? undefined : await store.insert({ ...made, id: newId(), user_id: id })
      if (!row)
        throw new MdraftError('conflict', `There is an agent called ${made.name} already.`, {
          fix: 'Choose another name, or change that one.',
        })
      return present(row)
    },

    update: async (
      actor: Actor,
      name: string,
      { version, ...change }: z.infer<typeof agentChangeSchema>,
    ): Promise<Agent> => {
      may(actor, 'analyses:write')
      const { id } = account(actor)
      const row = await store.update(id, name, version, change)
      if (row) return present(row)
      const now = await find(actor, name)
      throw new MdraftError(
        'conflict',
        `The prompt was changed meanwhile: it is at version ${now.version}.`,
        {
          fix: 'Read it again, and send its version.',
        },
      )
    },

    remove: async (actor: Actor, name: string): Promise<void> => {
      may(actor, 'analyses:write')
      if (!(await store.remove(account(actor).id, name))) throw missing()
    },

    run: async (
      actor: Actor,
      name: string,
      body: AnalyzeRequest,
      requestId: string,
    ): Promise<Answered | RunAnswered> => {
      may(actor, 'analyses:write')
      if (isBuiltIn(name)) return analyses.request(actor, name, body, requestId)
      const { instructions } = await find(actor, name)
      return analyses.run(actor, { name, instructions }, body, requestId)
    },
  }
}

export type AgentService = ReturnType<typeof agentService>

function account(actor: Actor): UserActor {
  if (actor.kind === 'user') return actor
  throw new MdraftError('unauthenticated', 'Prompts of your own need an account.', {
    fix: 'Sign in, or make one.',
  })
}

const presentBuiltIn = (name: AnalysisType): Agent => ({
  name,
  kind: 'analysis',
  description: builtIn[name],
  needs_model: false,
  available: true,
  instructions: null,
  version: null,
  updated_at: null,
})
