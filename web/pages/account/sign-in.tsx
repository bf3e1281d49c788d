import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { beginProvider, changePerson, signIn } from '../../api/account.ts'
import { sessionQuery } from '../../api/queries.ts'
import { Field, Form } from '../../parts/form.tsx'
import { announce } from '../../parts/shell/announce.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { Frame, linkLook } from './frame.tsx'

/** `hasFailed`: the way back from a provider ended here. */
export function SignInPage({ hasFailed }: { hasFailed: boolean }) {
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(true)
  const signing = useMutation({
    mutationFn: () => signIn({ email, password, remember }),
    onSuccess: async () => {
      await changePerson()
      announce('You are signed in.')
      navigate({ to: '/' })
    },
  })
  return (
    <Frame
      title="Sign in"
      foot={
        <>
          No account yet?{' '}
          <Link to="/sign-up" className={linkLook}>
            Make one
          </Link>
        </>
      }
    >
      {hasFailed && (
        <p role="alert" className="card mb-4 px-4 py-3 text-sm">
          Signing in there did not work. If you have an account here with the same address, sign in with its
          password and prove the address first; else try again.
        </p>
      )}
      <Form
        isWide
        submit="Sign in"
        isBusy={signing.isPending}
        error={signing.error}
        onSubmit={() => signing.mutate()}
      >
        <Field
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          value={email}
          onValue={setEmail}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        <div className="flex items-center justify-between text-sm">
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              checked={remember}
              onChange={(event) => setRemember(event.target.checked)}
            />
            Stay signed in
          </label>
          <Link to="/forgot" className={linkLook}>
            Forgot the password?
          </Link>
        </div>
      </Form>
      <Providers />
    </Frame>
  )
}

const providerNames = { google: 'Google', oidc: 'your organisation' }

/** Other ways in, where the operator has set them up. */
export function Providers() {
  const { data } = useQuery(sessionQuery)
  const beginning = useMutation({
    mutationFn: beginProvider,
    onSuccess: ({ url }) => location.assign(url),
  })
  if (!data || data.providers.length === 0) return null
  return (
    <div className="mt-5 space-y-2 border-line border-t pt-5">
      {data.providers.map((provider) => (
        <button
          key={provider}
          type="button"
          className="btn h-10 w-full"
          disabled={beginning.isPending}
          onClick={() => beginning.mutate(provider)}
        >
          Continue with {providerNames[provider]}
        </button>
      ))}
      {beginning.error && <Problem error={beginning.error} />}
    </div>
  )
}
