import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Webhook, type WebhookEvent, webhookSchema } from '../../../src/contract/webhooks.ts'
import {
  changeWebhook,
  createWebhook,
  newSecret,
  ping,
  removeWebhook,
  webhooksQuery,
} from '../../api/webhooks.ts'
import { AccountNav } from '../../parts/account/account-nav.tsx'
import { Deliveries } from '../../parts/account/deliveries.tsx'
import { NeedsAccount } from '../../parts/account/needs-account.tsx'
import { Field, Form } from '../../parts/form.tsx'
import { announce } from '../../parts/shell/announce.tsx'
import { Icon } from '../../parts/shell/icons.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { ShownOnce } from '../../parts/shown-once.tsx'

const events = webhookSchema.shape.events.element.options
const eventNames: Record<WebhookEvent, string> = {
  'job.completed': 'A conversion or analysis is done',
  'job.failed': 'A conversion or analysis failed',
  'analysis.completed': 'An analysis is ready',
  'proposal.changed': 'A proposal was changed',
}

export function WebhooksPage() {
  return (
    <NeedsAccount title="Webhooks" lead="Your programs are told what happened. That needs an account.">
      <Webhooks />
    </NeedsAccount>
  )
}

function Webhooks() {
  const { data, error } = useQuery(webhooksQuery)
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-8 sm:px-6">
      <AccountNav />
      <h1 className="font-semibold font-serif text-2xl">Webhooks</h1>
      <p className="mt-1 mb-5 text-ink-2">
        Your programs are told what happened, by a signed request to an address of yours. Signatures follow
        standardwebhooks.com; a request that is not answered with 2xx is tried again, up to a day.
      </p>
      {error && <Problem error={error} />}
      {secret && <ShownOnce lead="Keep this secret now: it is not shown again." value={secret} />}
      {data?.map((webhook) => (
        <One key={webhook.id} webhook={webhook} onSecret={setSecret} />
      ))}
      <NewWebhook onSecret={setSecret} />
    </div>
  )
}

type OneProps = { readonly webhook: Webhook; readonly onSecret: (secret: string) => void }

function One({ webhook, onSecret }: OneProps) {
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [isSure, setSure] = useState(false)
  const acting = useMutation({
    mutationFn: async (action: 'ping' | 'switch' | 'secret' | 'remove') => {
      if (action === 'ping') await ping(webhook.id)
      if (action === 'switch') await changeWebhook(webhook.id, { active: !webhook.active })
      if (action === 'secret') onSecret((await newSecret(webhook.id)).secret)
      if (action === 'remove') await removeWebhook(webhook.id)
    },
    onSuccess: (_, action) => {
      client.invalidateQueries({ queryKey: ['webhooks'] })
      if (action === 'ping') {
        setOpen(true)
        announce('A test message is on its way.')
      }
    },
    onError: (error) => announce(error.message),
  })
  const act = (action: Parameters<typeof acting.mutate>[0]) => () => acting.mutate(action)
  return (
    <section aria-label={`Webhook ${webhook.url}`} className="card mb-4 p-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="break-all font-medium font-mono text-sm">{webhook.url}</h2>
          <p className="text-ink-3 text-sm">
            {[webhook.description, webhook.events.join(', ')].filter(Boolean).join(' · ')}
          </p>
        </div>
        <span
          className={`chip ${!webhook.active ? 'bg-danger-soft text-danger' : webhook.failing_since ? 'bg-caution-soft text-caution' : 'bg-accent-soft text-accent'}`}
        >
          {!webhook.active ? 'Off' : webhook.failing_since ? 'Failing' : 'On'}
        </span>
      </div>
      {webhook.disabled_reason && <p className="mt-1 text-danger text-sm">{webhook.disabled_reason}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        <button type="button" className="btn" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? 'up' : 'down'} /> What was sent
        </button>
        <button type="button" className="btn" disabled={acting.isPending} onClick={act('ping')}>
          Send a test
        </button>
        <button type="button" className="btn" disabled={acting.isPending} onClick={act('switch')}>
          Switch {webhook.active ? 'off' : 'on'}
        </button>
        <button type="button" className="btn" disabled={acting.isPending} onClick={act('secret')}>
          New secret
        </button>
        <button
          type="button"
          className="btn btn-danger"
          disabled={acting.isPending}
          onClick={isSure ? act('remove') : () => setSure(true)}
        >
          {isSure ? 'Yes, delete it with its log' : 'Delete…'}
        </button>
      </div>
      {isOpen && <Deliveries webhookId={webhook.id} />}
    </section>
  )
}

function NewWebhook({ onSecret }: { onSecret: (secret: string) => void }) {
  const client = useQueryClient()
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  const [chosen, setChosen] = useState<readonly WebhookEvent[]>(events)
  const making = useMutation({
    mutationFn: () => createWebhook({ url: url.trim(), description, events: [...chosen] }),
    onSuccess: ({ secret }) => {
      onSecret(secret)
      setUrl('')
      setDescription('')
      client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  return (
    <section aria-labelledby="new-webhook" className="card p-5">
      <h2 id="new-webhook" className="mb-3 font-semibold">
        Add a webhook
      </h2>
      <Form
        submit="Add the webhook"
        isBusy={making.isPending}
        error={making.error}
        onSubmit={() => making.mutate()}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Address"
            type="url"
            required
            placeholder="https://example.com/mdraft"
            value={url}
            onValue={setUrl}
          />
          <Field
            label="What it is for"
            placeholder="Optional"
            maxLength={255}
            value={description}
            onValue={setDescription}
          />
        </div>
        <fieldset>
          <legend className="mb-1 font-medium text-sm">Tell it when</legend>
          <div className="grid gap-1 sm:grid-cols-2">
            {events.map((event) => (
              <label key={event} className="flex min-h-6 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={chosen.includes(event)}
                  onChange={({ target }) =>
                    setChosen(target.checked ? [...chosen, event] : chosen.filter((one) => one !== event))
                  }
                />
                {eventNames[event]} <span className="font-mono text-ink-3 text-xs">{event}</span>
              </label>
            ))}
          </div>
        </fieldset>
      </Form>
    </section>
  )
}
