import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changePerson, sendVerification, signUp } from '../../api/account.ts'
import { jobsQuery } from '../../api/queries.ts'
import { Field, Form } from '../../parts/form.tsx'
import { announce } from '../../parts/shell/announce.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { Frame, linkLook } from './frame.tsx'
import { Providers } from './sign-in.tsx'

export function SignUpPage() {
  const navigate = useNavigate()
  const { data: jobs } = useQuery(jobsQuery)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signing = useMutation({
    mutationFn: () => signUp({ name, email, password }),
    onSuccess: async ({ signed_in }) => {
      if (!signed_in) return
      await changePerson()
      announce('Your account is ready.')
      navigate({ to: '/' })
    },
  })
  if (signing.data && !signing.data.signed_in) return <LetterSent email={email} />
  const hasWork = jobs !== undefined && jobs.items.length > 0
  return (
    <Frame
      title="Make an account"
      lead={
        hasWork
          ? 'The documents you have here come along.'
          : 'Your documents are kept, and found on every device.'
      }
      foot={
        <>
          Already have one?{' '}
          <Link to="/sign-in" className={linkLook}>
            Sign in
          </Link>
        </>
      }
    >
      <Form
        isWide
        submit="Make an account"
        isBusy={signing.isPending}
        error={signing.error}
        onSubmit={() => signing.mutate()}
      >
        <Field label="Name" autoComplete="name" maxLength={255} value={name} onValue={setName} />
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
          autoComplete="new-password"
          help="At least 8 characters."
          required
          minLength={8}
          maxLength={128}
          value={password}
          onValue={setPassword}
        />
      </Form>
      <Providers />
    </Frame>
  )
}

function LetterSent({ email }: { email: string }) {
  const sending = useMutation({
    mutationFn: () => sendVerification(email),
    onSuccess: () => announce('The letter is on its way again.'),
  })
  return (
    <Frame title="One more step" lead={`Follow the link in the letter that was sent to ${email}.`}>
      <button type="button" className="btn" disabled={sending.isPending} onClick={() => sending.mutate()}>
        Send it again
      </button>
      {sending.error && (
        <div className="mt-4">
          <Problem error={sending.error} />
        </div>
      )}
    </Frame>
  )
}
