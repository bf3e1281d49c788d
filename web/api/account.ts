/** The account of the one who sits here: sessions, password, keys. */
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import {
  accountSchema,
  accountSessionSchema,
  createdKeySchema,
  type createKeySchema,
  keySchema,
  signedUpSchema,
} from '../../src/contract/accounts.ts'
import { call, forgetSession } from './client.ts'
import { queryClient } from './queries.ts'

/** Somebody else sits here now: nothing that was fetched for the one before may stay. */
export async function changePerson(): Promise<void> {
  forgetSession()
  await queryClient.resetQueries()
}

type Credentials = { readonly email: string; readonly password: string }

export const signUp = (body: Credentials & { name: string }) =>
  call('/api/account/sign-up', signedUpSchema, { body })
export const signIn = (body: Credentials & { remember: boolean }) =>
  call('/api/account/sign-in', accountSchema, { body })
export const signOut = () => call('/api/account/sign-out', z.null(), { method: 'POST' })
export const beginProvider = (provider: 'google' | 'oidc') =>
  call('/api/account/sign-in/provider', z.object({ url: z.string() }), { body: { provider } })
export const verify = (token: string) => call('/api/account/verify', z.null(), { body: { token } })
export const sendVerification = (email: string) =>
  call('/api/account/verification', z.null(), { body: { email } })
export const forgot = (email: string) => call('/api/account/forgot', z.null(), { body: { email } })
export const resetPassword = (body: { token: string; password: string }) =>
  call('/api/account/reset', z.null(), { body })
export const rename = (name: string) => call('/api/account', accountSchema, { method: 'PUT', body: { name } })
export const changePassword = (body: { current: string; password: string }) =>
  call('/api/account/password', z.null(), { body })
export const deleteAccount = (password: string) =>
  call('/api/account', z.null(), { method: 'DELETE', body: password === '' ? {} : { password } })

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call('/api/account/sessions', z.array(accountSessionSchema), { signal }),
})
export const endSession = (id: string) => call(`/api/account/sessions/${id}`, z.null(), { method: 'DELETE' })
export const endOtherSessions = () => call('/api/account/sessions', z.null(), { method: 'DELETE' })

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => call('/api/keys', z.array(keySchema), { signal }),
})
export const createKey = (body: z.input<typeof createKeySchema>) =>
  call('/api/keys', createdKeySchema, { body })
export const removeKey = (id: string) => call(`/api/keys/${id}`, z.null(), { method: 'DELETE' })
