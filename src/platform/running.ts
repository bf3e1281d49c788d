/** How other commands of this machine find the process that holds the data folder: a card with its address and a token. */
import { randomBytes } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const cardSchema = z.object({ pid: z.number().int(), url: z.url(), token: z.string().min(20) })
export type Card = z.infer<typeof cardSchema>

const pathIn = (folder: string): string => join(folder, 'server.json')

export const newToken = (): string => randomBytes(32).toString('base64url')

/** Readable by the owner of the process alone. */
export async function leaveCard(folder: string, card: Omit<Card, 'pid'>): Promise<void> {
  await rm(pathIn(folder), { force: true })
  await writeFile(pathIn(folder), JSON.stringify({ ...card, pid: process.pid }), { mode: 0o600 })
}

export const takeCard = (folder: string): Promise<void> => rm(pathIn(folder), { force: true })

export async function findCard(folder: string): Promise<Card | undefined> {
  try {
    return cardSchema.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')))
  } catch {
    return undefined
  }
}

/** Asks the running server as its operator. */
export async function askRunning(
  { url, token }: Card,
  path: string,
  method: 'GET' | 'POST',
): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(600_000),
  })
  if (!response.ok) throw new Error(`The server answered ${path} with ${response.status}.`)
  return response.json()
}
