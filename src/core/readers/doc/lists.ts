/** Definitions of lists and their overrides ([MS-DOC] 2.9.131, 2.9.149, 2.9.150). */
import { type LevelDefinition, type Lists, newLists } from '../paragraphs/counting.ts'

export type Place = { readonly at: number; readonly size: number }

const LIST = 28
const LEVEL = 28
const OVERRIDE = 16

export function readLists(table: Buffer, lists: Place, overrides: Place): Lists {
  const out = newLists()
  try {
    const identities = readDefinitions(table, lists, out)
    readOverrides(table, overrides, identities, out)
  } catch (error) {
    // Cut-off tables end what can be known of numbers; labels fall back to bullets.
    if (!(error instanceof RangeError)) throw error
  }
  return out
}

function readDefinitions(table: Buffer, { at, size }: Place, out: Lists): ReadonlySet<number> {
  const identities = new Set<number>()
  if (size < 2) return identities
  const count = table.readUInt16LE(at)
  let level = at + 2 + count * LIST
  for (let index = 0; index < count; index++) {
    const entry = at + 2 + index * LIST
    const id = table.readInt32LE(entry)
    const isSimple = (table[entry + 26]! & 1) === 1
    const levels: LevelDefinition[] = []
    for (let depth = 0; depth < (isSimple ? 1 : 9); depth++) {
      const { definition, end } = readLevel(table, level)
      levels.push(definition)
      level = end
    }
    out.levels.set(id, levels)
    identities.add(id)
  }
  return identities
}

function readLevel(table: Buffer, at: number): { definition: LevelDefinition; end: number } {
  const start = table.readInt32LE(at)
  const format = table.readUInt8(at + 4)
  const characterBytes = table.readUInt8(at + 24)
  const paragraphBytes = table.readUInt8(at + 25)
  const text = at + LEVEL + paragraphBytes + characterBytes
  const length = table.readUInt16LE(text)
  return {
    definition: { start, format, text: table.toString('utf16le', text + 2, text + 2 + length * 2) },
    end: text + 2 + length * 2,
  }
}

/** Paragraphs name an override, counted from 1; it may start levels anew. */
function readOverrides(
  table: Buffer,
  { at, size }: Place,
  identities: ReadonlySet<number>,
  out: Lists,
): void {
  if (size < 4) return
  const count = Math.min(table.readUInt32LE(at), 10_000)
  let data = at + 4 + count * OVERRIDE
  for (let index = 0; index < count; index++) {
    const entry = at + 4 + index * OVERRIDE
    const id = table.readInt32LE(entry)
    const levels = table.readUInt8(entry + 12)
    if (identities.has(id)) out.overrides.set(index + 1, id)
    data += 4
    for (let level = 0; level < levels; level++) {
      const start = table.readInt32LE(data)
      const flags = table.readUInt32LE(data + 4)
      data += 8
      let definition: LevelDefinition | undefined
      if ((flags & 0x20) !== 0) {
        const read = readLevel(table, data)
        definition = read.definition
        data = read.end
      }
      overrideLevel(out, index + 1, id, flags & 0xf, {
        start: (flags & 0x10) !== 0 ? start : undefined,
        definition,
      })
    }
  }
}

type Change = { readonly start: number | undefined; readonly definition: LevelDefinition | undefined }

/** An override with levels of its own counts for itself. */
function overrideLevel(
  out: Lists,
  override: number,
  id: number,
  level: number,
  { start, definition }: Change,
): void {
  const own = OWN - override
  const levels = [...(out.levels.get(own) ?? out.levels.get(id) ?? [])]
  const known = definition ?? levels[level]
  if (!known) return
  levels[level] = { ...known, ...(start === undefined ? {} : { start }) }
  out.levels.set(own, levels)
  out.overrides.set(override, own)
}

/** Numbers of lists that no file uses. */
const OWN = -2_147_000_000
