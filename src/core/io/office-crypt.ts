/** Office files encrypted with a password: a compound file around an encrypted package ([MS-OFFCRYPTO] 2.3.4). */
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { MdraftError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { openCompound } from './cfb.ts'
import { attribute, child, descend, parseXml, type Xml } from './xml.ts'

/** Excel encrypts with this when a workbook is protected without a password of its own (2.4.2.1). */
const BUILT_IN = 'VelvetSweatshop'
/** The standard allows ten million turns; programs write 100,000. More is made to keep a machine busy. */
const MOST_TURNS = 1_000_000

/**
 * The package inside, when the file is an encrypted Office file and the password opens it; undefined when it is no
 * such file. @throws MdraftError `password_required` or `wrong_password`
 */
export function unlockOffice(
  bytes: Uint8Array,
  password: string | undefined,
  limits: Limits,
): Uint8Array | undefined {
  const file = openCompound(bytes)
  if (!file?.names.some((name) => name.toLowerCase() === 'encryptedpackage')) return undefined
  const info = file.stream('EncryptionInfo')
  const data = file.stream('EncryptedPackage')
  if (!info || info.length < 8 || !data || data.length < 8) throw locked('password_required')
  const open = info.readUInt16LE(0) === 4 && info.readUInt16LE(2) === 4 ? agile(info, limits) : standard(info)
  for (const candidate of password === undefined ? [BUILT_IN] : [password, BUILT_IN]) {
    const decrypt = open(candidate)
    if (decrypt) return decrypt(data.subarray(8)).subarray(0, Number(data.readBigUInt64LE(0)))
  }
  throw locked(password === undefined ? 'password_required' : 'wrong_password')
}

const locked = (code: 'password_required' | 'wrong_password') =>
  new MdraftError(
    code,
    code === 'password_required'
      ? 'The Office file is encrypted with a password.'
      : 'The password does not open the Office file.',
    {
      fix: 'Give the password, or open the file in Office, remove the password (File, Info, Protect), and save it.',
    },
  )

type Decrypt = (data: Buffer) => Buffer
/** undefined: the password is wrong. */
type Open = (password: string) => Decrypt | undefined

const le32 = (value: number): Buffer => {
  const out = Buffer.alloc(4)
  out.writeUInt32LE(value)
  return out
}
const hash = (algorithm: string, ...parts: readonly Buffer[]): Buffer => {
  const digest = createHash(algorithm)
  for (const part of parts) digest.update(part)
  return digest.digest()
}

/** Turned round and round, so that guessing takes long. */
function turned(algorithm: string, salt: Buffer, password: string, turns: number): Buffer {
  let value = hash(algorithm, salt, Buffer.from(password, 'utf16le'))
  for (let turn = 0; turn < turns; turn++) value = hash(algorithm, le32(turn), value)
  return value
}

const sized = (value: Buffer, size: number, fill: number): Buffer =>
  value.length >= size
    ? value.subarray(0, size)
    : Buffer.concat([value, Buffer.alloc(size - value.length, fill)])

function decipher(mode: 'cbc' | 'ecb', key: Buffer, iv: Buffer | null, data: Buffer): Buffer {
  const whole = data.subarray(0, data.length - (data.length % 16))
  const cipher = createDecipheriv(`aes-${key.length * 8}-${mode}`, key, iv)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(whole), cipher.final()])
}

const isSame = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other)

/** Which key is made: of the verifier's input, its value, the package's key (2.3.4.13). */
const blocks = {
  input: Buffer.from('fea7d2763b4b9e79', 'hex'),
  value: Buffer.from('d7aa0f6d3061344e', 'hex'),
  key: Buffer.from('146e0be7abacd0d6', 'hex'),
}
const SEGMENT = 4096

/** Agile encryption, Office 2010 and later (2.3.4.10): its parameters are XML. */
function agile(info: Buffer, limits: Limits): Open {
  const root = parseXml(info.subarray(8).toString('utf8').replace(/\0+$/, ''), limits)
  const data = parameters(child(root, 'keyData'))
  const holder = descend(root, 'keyEncryptors', 'keyEncryptor', 'encryptedKey')
  const lock = parameters(holder)
  const turns = Number(attribute(holder, 'spinCount'))
  if (!(turns <= MOST_TURNS) || !data || !lock) throw locked('password_required')
  const bytes = (name: string) => Buffer.from(attribute(holder, name) ?? '', 'base64')
  const iv = sized(lock.salt, lock.block, 0x36)
  return (password) => {
    const base = turned(lock.algorithm, lock.salt, password, turns)
    const opened = (block: Buffer, value: Buffer) =>
      decipher('cbc', sized(hash(lock.algorithm, base, block), lock.keyBytes, 0x36), iv, value)
    const input = opened(blocks.input, bytes('encryptedVerifierHashInput')).subarray(0, lock.salt.length)
    const expected = opened(blocks.value, bytes('encryptedVerifierHashValue'))
    const actual = hash(lock.algorithm, input)
    if (!isSame(actual, expected.subarray(0, actual.length))) return undefined
    const key = opened(blocks.key, bytes('encryptedKeyValue')).subarray(0, data.keyBytes)
    return (whole) => {
      const parts: Buffer[] = []
      for (let at = 0; at < whole.length; at += SEGMENT) {
        const segment = sized(hash(data.algorithm, data.salt, le32(at / SEGMENT)), data.block, 0x36)
        parts.push(decipher('cbc', key, segment, whole.subarray(at, at + SEGMENT)))
      }
      return Buffer.concat(parts)
    }
  }
}

type Parameters = {
  readonly algorithm: string
  readonly salt: Buffer
  readonly block: number
  readonly keyBytes: number
}

function parameters(element: Xml | undefined): Parameters | undefined {
  const algorithm = (attribute(element, 'hashAlgorithm') ?? '').toLowerCase().replace('-', '')
  const keyBytes = Number(attribute(element, 'keyBits')) / 8
  const isKnown = /^(sha1|sha256|sha384|sha512|md5)$/.test(algorithm) && [16, 24, 32].includes(keyBytes)
  if (!isKnown || attribute(element, 'cipherAlgorithm') !== 'AES') return undefined
  return {
    algorithm,
    salt: Buffer.from(attribute(element, 'saltValue') ?? '', 'base64'),
    block: 16,
    keyBytes,
  }
}

const STANDARD_TURNS = 50_000

/** Standard encryption, Office 2007 (2.3.4.5): AES and SHA-1. */
function standard(info: Buffer): Open {
  const headerSize = info.readUInt32LE(8)
  const verifier = 12 + headerSize
  if (headerSize < 32 || verifier + 72 > info.length) throw locked('password_required')
  const keyBytes = info.readUInt32LE(12 + 16) / 8
  if (![16, 24, 32].includes(keyBytes)) throw locked('password_required')
  const salt = info.subarray(verifier + 4, verifier + 20)
  return (password) => {
    const base = hash('sha1', turned('sha1', salt, password, STANDARD_TURNS), le32(0))
    const half = (fill: number) =>
      hash('sha1', Buffer.from(Buffer.alloc(64, fill).map((byte, at) => byte ^ (base[at] ?? 0))))
    const key = Buffer.concat([half(0x36), half(0x5c)]).subarray(0, keyBytes)
    const input = decipher('ecb', key, null, info.subarray(verifier + 20, verifier + 36))
    const expected = decipher('ecb', key, null, info.subarray(verifier + 40, verifier + 72))
    if (!isSame(hash('sha1', input), expected.subarray(0, 20))) return undefined
    return (whole) => decipher('ecb', key, null, whole)
  }
}
