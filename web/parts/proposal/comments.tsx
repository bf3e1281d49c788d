import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { commentsQuery, removeComment, writeComment } from '../../api/proposals.ts'
import { queryClient } from '../../api/queries.ts'
import { ago } from '../say.ts'
import { announce } from '../shell/announce.tsx'
import { Icon } from '../shell/icons.tsx'
import { Problem } from '../shell/problem.tsx'
import type { People } from './people.ts'

type Props = {
  readonly proposalId: string
  readonly rowId: string | null
  readonly people: People
  /** Names the row that a comment is about, where comments on all rows stand. */
  readonly nameOf?: (rowId: string) => string | null
}

/** What is said about a row, or about the whole proposal. */
export function Comments({ proposalId, rowId, people, nameOf }: Props) {
  const { data, error } = useQuery(commentsQuery(proposalId, rowId))
  const [body, setBody] = useState('')
  const refresh = () => {
    queryClient.invalidateQueries({ queryKey: ['proposals', 'comments', proposalId] })
    queryClient.invalidateQueries({ queryKey: ['proposals', 'activity', proposalId] })
  }
  const writing = useMutation({
    mutationFn: () => writeComment(proposalId, body.trim(), rowId),
    onSuccess: () => {
      setBody('')
      refresh()
    },
    onError: (failure) => announce(failure.message),
  })
  const removing = useMutation({
    mutationFn: (id: string) => removeComment(proposalId, id),
    onSuccess: refresh,
    onError: (failure) => announce(failure.message),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (body.trim() !== '') writing.mutate()
  }
  const comments = (data ?? []).toReversed()
  return (
    <>
      {error && <Problem error={error} />}
      <ul className="space-y-2">
        {comments.map(({ id, author, body: text, created_at, matrix_row_id }) => (
          <li key={id} className="group rounded-md bg-sunken px-3 py-2 text-sm">
            <p className="flex items-center gap-2">
              <span className="font-medium">{author?.name ?? 'A visitor'}</span>
              <span className="text-ink-3 text-xs">{ago(created_at)}</span>
              {matrix_row_id && nameOf?.(matrix_row_id) && (
                <span className="chip bg-surface">{nameOf(matrix_row_id)}</span>
              )}
              {author && author.id === people.me && (
                <button
                  type="button"
                  className="ml-auto flex size-6 items-center justify-center rounded text-ink-3 hover:text-danger"
                  aria-label="Delete this comment"
                  disabled={removing.isPending}
                  onClick={() => removing.mutate(id)}
                >
                  <Icon name="trash" className="size-3.5" />
                </button>
              )}
            </p>
            <p className="whitespace-pre-wrap break-words">{text}</p>
          </li>
        ))}
      </ul>
      <form className={`flex items-end gap-2 ${comments.length > 0 ? 'mt-2' : ''}`} onSubmit={submit}>
        <textarea
          aria-label={rowId ? 'A comment on this row' : 'A comment on the proposal'}
          className="field [field-sizing:content] block max-h-40 min-h-8 flex-1 resize-none py-1.5"
          placeholder="Write a comment"
          rows={1}
          maxLength={10_000}
          value={body}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
              event.currentTarget.form?.requestSubmit()
          }}
        />
        <button type="submit" className="btn" disabled={body.trim() === '' || writing.isPending}>
          Send
        </button>
      </form>
    </>
  )
}
