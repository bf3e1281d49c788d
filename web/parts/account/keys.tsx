import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { scopes } from '../../../src/contract/accounts.ts'
import { createKey, keysQuery, removeKey } from '../../api/account.ts'
import { Field, Form } from '../form.tsx'
import { ago } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'
import { ShownOnce } from '../shown-once.tsx'

/** Keys for programs: made once, shown once, withdrawn at any time. */
export function Keys() {
  const client = useQueryClient()
  const { data, error } = useQuery(keysQuery)
  const removing = useMutation({
    mutationFn: removeKey,
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
    onError: (failure) => announce(failure.message),
  })
  return (
    <section>
      <h2 className="font-semibold text-lg">API keys</h2>
      <p className="mb-3 text-ink-2">
        For programs: send <code className="font-mono text-sm">Authorization: Bearer KEY</code>. The addresses
        are described at{' '}
        <a href="/api/docs" className="text-accent underline underline-offset-2">
          /api/docs
        </a>
        .
      </p>
      <div className="card p-5">
        {error && <Problem error={error} />}
        {data && data.length > 0 && (
          <ul className="mb-5 divide-y divide-line">
            {data.map((key) => (
              <li key={key.id} className="flex items-center gap-3 py-2 first:pt-0">
                <span className="min-w-0 flex-1">
                  <span className="font-medium">{key.name}</span>{' '}
                  <span className="font-mono text-ink-3 text-sm">{key.prefix}…</span>
                  <span className="block text-ink-3 text-sm">
                    {key.scopes.join(', ')};{' '}
                    {key.last_used_at ? `last used ${ago(key.last_used_at)}` : 'never used'};{' '}
                    {key.expires_at ? `until ${key.expires_at.slice(0, 10)}` : 'without end'}
                  </span>
                </span>
                <button
                  type="button"
                  className="btn btn-quiet btn-icon"
                  aria-label={`Withdraw the key ${key.name}`}
                  disabled={removing.isPending}
                  onClick={() => removing.mutate(key.id)}
                >
                  <Icon name="trash" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <NewKey />
      </div>
    </section>
  )
}

const lives = [
  { days: 30, name: '30 days' },
  { days: 90, name: '90 days' },
  { days: 365, name: 'A year' },
  { days: null, name: 'No end' },
] as const

function NewKey() {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly (typeof scopes)[number][]>(scopes)
  const [days, setDays] = useState<number | null>(90)
  const making = useMutation({
    mutationFn: () => createKey({ name: name.trim(), scopes: [...chosen], expires_in_days: days }),
    onSuccess: () => {
      setName('')
      client.invalidateQueries({ queryKey: keysQuery.queryKey })
    },
  })
  return (
    <>
      {making.data && <ShownOnce lead="Keep this key now: it is not shown again." value={making.data.key} />}
      <Form
        submit="Make a key"
        isBusy={making.isPending}
        error={making.error}
        onSubmit={() => making.mutate()}
      >
        <Field
          label="Name of the key"
          required
          maxLength={100}
          placeholder="What it is for"
          value={name}
          onValue={setName}
        />
        <fieldset>
          <legend className="mb-1 font-medium text-sm">It may</legend>
          <div className="grid grid-cols-2 gap-1 sm:grid-cols-3">
            {scopes.map((scope) => (
              <label key={scope} className="flex min-h-6 items-center gap-2 font-mono text-sm">
                <input
                  type="checkbox"
                  checked={chosen.includes(scope)}
                  onChange={(event) =>
                    setChosen(
                      event.target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope),
                    )
                  }
                />
                {scope}
              </label>
            ))}
          </div>
        </fieldset>
        <label className="flex items-center gap-2 text-sm">
          It works for
          <select
            className="field"
            value={String(days)}
            onChange={(event) => setDays(event.target.value === 'null' ? null : Number(event.target.value))}
          >
            {lives.map(({ days, name }) => (
              <option key={name} value={String(days)}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </Form>
    </>
  )
}
