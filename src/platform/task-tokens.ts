/** Whether whoever delivers a task is who Google says: ID tokens checked against Google's published keys. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'

export type Expected = {
  readonly audience: string
  /** The service account that the token must speak for. */
  readonly email: string
  /** Where the keys are published (a JWK set), when not by Google. */
  readonly keysUrl?: string | undefined
}

const KEYS = 'https://www.googleapis.com/oauth2/v3/certs'
const issuer = ['https://accounts.google.com', 'accounts.google.com']
const checks = {
  issuer,
  algorithms: ['RS256'],
  clockTolerance: 30,
  maxTokenAge: '1 hour',
  requiredClaims: ['exp'],
}

/** What says that a token is none of ours; every other error says that the keys cannot be had. */
const isForged = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  error.code !== errors.JWKSTimeout.code &&
  error.code !== errors.JOSEError.code

/** Whether a bearer is an ID token of Google for this account and this audience. Throws only when the keys cannot be had. */
export function taskTokens({ audience, email, keysUrl }: Expected): (token: string) => Promise<boolean> {
  const keys = createRemoteJWKSet(new URL(keysUrl ?? KEYS))
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, { ...checks, audience })
      return payload.email === email && payload.email_verified === true
    } catch (error) {
      if (isForged(error)) return false
      throw error
    }
  }
}
