import { createCipheriv, createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { convert } from '../../../src/core/index.ts'
import { compound } from '../readers/binary/cfb.ts'
import { zip } from '../readers/ooxml/zip.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const document = zip([
  { name: '[Content_Types].xml', data: '<Types/>' },
  {
    name: '_rels/.rels',
    data: `<Relationships><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
  },
  {
    name: 'word/document.xml',
    data: '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>inside</w:t></w:r></w:p></w:body></w:document>',
  },
])

const le32 = (value: number) => {
  const out = Buffer.alloc(4)
  out.writeUInt32LE(value)
  return out
}
const hash = (algorithm: string, ...parts: Buffer[]) =>
  createHash(algorithm).update(Buffer.concat(parts)).digest()
const turned = (algorithm: string, salt: Buffer, password: string, turns: number) => {
  let value = hash(algorithm, salt, Buffer.from(password, 'utf16le'))
  for (let turn = 0; turn < turns; turn++) value = hash(algorithm, le32(turn), value)
  return value
}
const padded = (data: Buffer) => Buffer.concat([data, Buffer.alloc((16 - (data.length % 16)) % 16)])
function cipher(mode: 'cbc' | 'ecb', key: Buffer, iv: Buffer | null, data: Buffer): Buffer {
  const made = createCipheriv(`aes-${key.length * 8}-${mode}`, key, iv)
  made.setAutoPadding(false)
  return Buffer.concat([made.update(padded(data)), made.final()])
}
const sized = (data: Buffer) => {
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(data.length))
  return size
}

/** Written as [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15 describe it. */
function agile(data: Buffer, password: string, turns = 1000): Buffer {
  const salt = Buffer.alloc(16, 1)
  const dataSalt = Buffer.alloc(16, 2)
  const key = Buffer.alloc(32, 3)
  const input = Buffer.alloc(16, 4)
  const base = turned('sha512', salt, password, Math.min(turns, 1000))
  const lock = (block: string, value: Buffer) =>
    cipher('cbc', hash('sha512', base, Buffer.from(block, 'hex')).subarray(0, 32), salt, value).toString(
      'base64',
    )
  const about = (value: Buffer) =>
    `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${value.toString('base64')}"`
  const xml = `<encryption><keyData ${about(dataSalt)}/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="${turns}" ${about(salt)} encryptedVerifierHashInput="${lock('fea7d2763b4b9e79', input)}" encryptedVerifierHashValue="${lock('d7aa0f6d3061344e', hash('sha512', input))}" encryptedKeyValue="${lock('146e0be7abacd0d6', key)}"/></keyEncryptor></keyEncryptors></encryption>`
  const parts: Buffer[] = []
  for (let at = 0; at < data.length; at += 4096)
    parts.push(
      cipher(
        'cbc',
        key,
        hash('sha512', dataSalt, le32(at / 4096)).subarray(0, 16),
        data.subarray(at, at + 4096),
      ),
    )
  return compound({
    EncryptionInfo: Buffer.concat([Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]), Buffer.from(xml.padEnd(5000))]),
    EncryptedPackage: Buffer.concat([sized(data), ...parts]),
  })
}

/** Written as [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9 describe it. */
function standard(data: Buffer, password: string): Buffer {
  const salt = Buffer.alloc(16, 5)
  const base = hash('sha1', turned('sha1', salt, password, 50_000), le32(0))
  const half = (fill: number) =>
    hash('sha1', Buffer.from(Buffer.alloc(64, fill).map((byte, at) => byte ^ (base[at] ?? 0))))
  const key = Buffer.concat([half(0x36), half(0x5c)]).subarray(0, 16)
  const input = Buffer.alloc(16, 6)
  const header = Buffer.alloc(32)
  header.writeUInt32LE(128, 16)
  const verifier = Buffer.concat([
    le32(16),
    salt,
    cipher('ecb', key, null, input),
    le32(20),
    cipher('ecb', key, null, hash('sha1', input)),
  ])
  return compound({
    EncryptionInfo: Buffer.concat([
      Buffer.from([3, 0, 2, 0, 0x24, 0, 0, 0]),
      le32(header.length),
      header,
      verifier,
    ]),
    EncryptedPackage: Buffer.concat([sized(data), cipher('ecb', key, null, data)]),
  })
}

describe('Office files with a password', () => {
  test.each([
    ['agile', agile],
    ['standard', standard],
  ])('%s encryption opens with the password', async (_, encrypt) => {
    const file = encrypt(document, 'correct horse')
    expect((await convert(file, { password: 'correct horse', to: 'text' })).output).toBe('inside\n')
    await expect(convert(file, { password: 'wrong' })).rejects.toMatchObject({ code: 'wrong_password' })
    await expect(convert(file)).rejects.toMatchObject({ code: 'password_required' })
  })
  test('a workbook protected without a password of its own opens', async () => {
    expect((await convert(agile(document, 'VelvetSweatshop'), { to: 'text' })).output).toBe('inside\n')
  })
  test('a lock that would keep a machine busy is refused', async () => {
    await expect(convert(agile(document, 'x', 2_000_000_000), { password: 'x' })).rejects.toMatchObject({
      code: 'password_required',
    })
  })
})
