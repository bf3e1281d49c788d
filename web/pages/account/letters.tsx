/** Where the links of letters lead, and where they are asked for. */
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { changePerson, forgot, resetPassword, verify } from '../../api/account.ts'
import { Field, Form } from '../../parts/form.tsx'
import { Problem } from '../../parts/shell/problem.tsx'
import { Frame } from './frame.tsx'

export function ForgotPage() {
  const [email, setEmail] = useState('')
  const asking = useMutation({ mutationFn: () => forgot(email) })
  if (asking.isSuccess)
    return (
      <Frame
        title="Look into your mail"
        lead={`If there is an account for ${email}, a letter with a link to set a new password is on its way. The link works for an hour.`}
      />
    )
  return (
    <Frame title="Forgot the password?" lead="A letter with a link to set a new one is sent to your address.">
      <Form
        isWide
        submit="Send the letter"
        isBusy={asking.isPending}
        error={asking.error}
        onSubmit={() => asking.mutate()}
      >
        <Field
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          value={email}
          onValue={setEmail}
        />
      </Form>
    </Frame>
  )
}

export function ResetPage({ token }: { token: string }) {
  const [password, setPassword] = useState('')
  const setting = useMutation({
    mutationFn: () => resetPassword({ token, password }),
    onSuccess: changePerson,
  })
  if (setting.isSuccess)
    return (
      <Frame title="The password is changed" lead="Every session has ended. Sign in with the new password.">
        <Link to="/sign-in" className="btn btn-primary">
          Sign in
        </Link>
      </Frame>
    )
  return (
    <Frame title="Set a new password">
      <Form
        isWide
        submit="Set the password"
        isBusy={setting.isPending}
        error={setting.error}
        onSubmit={() => setting.mutate()}
      >
        <Field
          label="New password"
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
    </Frame>
  )
}

export function VerifyPage({ token }: { token: string }) {
  const proving = useMutation({ mutationFn: () => verify(token), onSuccess: changePerson })
  const once = useRef(false)
  useEffect(() => {
    if (once.current) return
    once.current = true
    proving.mutate()
  }, [proving])
  if (proving.isError)
    return (
      <Frame title="The link does not work">
        <Problem error={proving.error} />
      </Frame>
    )
  if (!proving.isSuccess) return <Frame title="One moment…" />
  return (
    <Frame title="Your address is proved" lead="Everything is ready.">
      <Link to="/" className="btn btn-primary">
        Go to your documents
      </Link>
    </Frame>
  )
}
