/** Values that leave the server and come back: signed, so that only what we gave out is taken. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export type Signer = {
  /** `value.signature`; `purpose` keeps a value signed for one use from serving another. */
  sign(purpose: string, value: string): string
  /** The value, or undefined when the signature is not ours. */
  verify(purpose: string, signed: string): string | undefined
}

export function createSigner(secret: string): Signer {
  const signature = (purpose: string, value: string): Buffer =>
    createHmac('sha256', secret).update(`${purpose}\0${value}`).digest()
  return {
    sign: (purpose, value) => `${value}.${signature(purpose, value).toString('base64url')}`,
    verify: (purpose, signed) => {
      const dot = signed.lastIndexOf('.')
      if (dot < 1) return undefined
      const value = signed.slice(0, dot)
      const given = Buffer.from(signed.slice(dot + 1), 'base64url')
      const expected = signature(purpose, value)
      return given.length === expected.length && timingSafeEqual(given, expected) ? value : undefined
    },
  }
}
