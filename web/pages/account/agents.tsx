import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Agent } from '../../../src/contract/agents.ts'
import { agentsQuery, changeAgent, createAgent, removeAgent } from '../../api/agents.ts'
import { AccountNav } from '../../parts/account/account-nav.tsx'
import { NeedsAccount } from '../../parts/account/needs-account.tsx'
import { RunAgent } from '../../parts/account/run-agent.tsx'
import { Field, Form } from '../../parts/form.tsx'
import { announce } from '../../parts/shell/announce.tsx'
import { Problem } from '../../parts/shell/problem.tsx'

export function AgentsPage() {
  return (
    <NeedsAccount title="Agents" lead="Prompts of your own need an account.">
      <Agents />
    </NeedsAccount>
  )
}

function Agents() {
  const { data, error } = useQuery(agentsQuery)
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-8 sm:px-6">
      <AccountNav />
      <h1 className="font-semibold font-serif text-2xl">Agents</h1>
      <p className="mt-1 mb-5 text-ink-2">
        An agent reads a document for one purpose. Whatever it finds is quoted from its place; what is not in
        the document is dropped.{' '}
        {data &&
          (data.model
            ? `The language model is ${data.model}.`
            : 'No language model is configured: the four analyses run by rules, prompts of your own wait for one.')}
      </p>
      {error && <Problem error={error} />}
      {data?.items.map((agent) => (
        <One key={agent.name} agent={agent} />
      ))}
      <NewAgent />
    </div>
  )
}

function One({ agent }: { agent: Agent }) {
  const client = useQueryClient()
  const [open, setOpen] = useState<'run' | 'change' | null>(null)
  const [isSure, setSure] = useState(false)
  const removing = useMutation({
    mutationFn: () => removeAgent(agent.name),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['agents'] })
      announce('The prompt is deleted.')
    },
    onError: (error) => announce(error.message),
  })
  const toggle = (what: 'run' | 'change') => () => setOpen(open === what ? null : what)
  return (
    <section aria-label={`Agent ${agent.name}`} className="card mb-4 p-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="break-all font-medium font-mono text-sm">{agent.name}</h2>
          <p className="text-ink-2 text-sm">{agent.description}</p>
        </div>
        <span className="chip">{agent.kind === 'prompt' ? 'Your prompt' : 'Analysis'}</span>
        {!agent.available && <span className="chip bg-caution-soft text-caution">Needs a model</span>}
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <button
          type="button"
          className="btn"
          aria-expanded={open === 'run'}
          disabled={!agent.available}
          onClick={toggle('run')}
        >
          Run over a document
        </button>
        {agent.kind === 'prompt' && (
          <>
            <button
              type="button"
              className="btn"
              aria-expanded={open === 'change'}
              onClick={toggle('change')}
            >
              Change
            </button>
            <button
              type="button"
              className="btn btn-danger"
              disabled={removing.isPending}
              onClick={() => (isSure ? removing.mutate() : setSure(true))}
            >
              {isSure ? 'Yes, delete it' : 'Delete…'}
            </button>
          </>
        )}
      </div>
      {open === 'run' && <RunAgent name={agent.name} />}
      {open === 'change' && <Change agent={agent} onDone={() => setOpen(null)} />}
    </section>
  )
}

function Change({ agent, onDone }: { agent: Agent; onDone: () => void }) {
  const client = useQueryClient()
  const [description, setDescription] = useState(agent.description)
  const [instructions, setInstructions] = useState(agent.instructions ?? '')
  const saving = useMutation({
    mutationFn: () => changeAgent(agent.name, { version: agent.version ?? 0, description, instructions }),
    onSuccess: () => {
      announce('The prompt is changed.')
      onDone()
    },
    // Somebody else may have changed it: what is shown is the newest in any case.
    onSettled: () => client.invalidateQueries({ queryKey: ['agents'] }),
  })
  return (
    <div className="mt-4">
      <Form
        submit="Save the prompt"
        isBusy={saving.isPending}
        error={saving.error}
        onSubmit={() => saving.mutate()}
      >
        <Field label="What it is for" maxLength={500} value={description} onValue={setDescription} />
        <Instructions value={instructions} onValue={setInstructions} />
      </Form>
    </div>
  )
}

function NewAgent() {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [instructions, setInstructions] = useState('')
  const making = useMutation({
    mutationFn: () => createAgent({ name: name.trim(), description, instructions }),
    onSuccess: () => {
      for (const clear of [setName, setDescription, setInstructions]) clear('')
      client.invalidateQueries({ queryKey: ['agents'] })
      announce('The prompt is kept.')
    },
  })
  return (
    <section aria-labelledby="new-agent" className="card p-5">
      <h2 id="new-agent" className="mb-3 font-semibold">
        Give a prompt a name
      </h2>
      <Form
        submit="Keep the prompt"
        isBusy={making.isPending}
        error={making.error}
        onSubmit={() => making.mutate()}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Name"
            required
            maxLength={64}
            pattern="[a-z0-9][a-z0-9\-]*"
            help="Lower case letters, digits and hyphens."
            value={name}
            onValue={setName}
          />
          <Field
            label="What it is for"
            placeholder="Optional"
            maxLength={500}
            value={description}
            onValue={setDescription}
          />
        </div>
        <Instructions value={instructions} onValue={setInstructions} />
      </Form>
    </section>
  )
}

function Instructions({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        What to find
      </label>
      <textarea
        id={id}
        className="field min-h-24 w-full py-2 text-[0.9rem]"
        required
        maxLength={8_000}
        placeholder="Find every sentence that fixes or may change the price."
        value={value}
        onChange={({ target }) => onValue(target.value)}
      />
    </div>
  )
}
