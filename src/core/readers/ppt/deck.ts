/** Where the slides of a presentation stand ([MS-PPT] 2.1.2, 2.3.5): the last edit names them by number. */
import { MdraftError } from '../../errors.ts'
import type { CompoundFile } from '../../io/cfb.ts'
import { safeHref } from '../ooxml/href.ts'
import { child, children, type Rec, recordAt, records, types } from './records.ts'

export type SlideEntry = {
  readonly slide: Rec
  readonly texts: readonly Rec[]
  readonly notes: Rec | undefined
}
export type Deck = { readonly slides: readonly SlideEntry[]; readonly links: ReadonlyMap<number, string> }

const ENCRYPTED = 0xf3d1c4df
const MOST_EDITS = 10_000

export function openDeck(file: CompoundFile): Deck {
  const stream = file.stream('PowerPoint Document')
  const user = file.stream('Current User')
  if (!stream) throw damaged()
  if (user && user.length >= 20 && user.readUInt32LE(12) === ENCRYPTED)
    throw new MdraftError('password_required', 'The presentation is encrypted with a password.', {
      fix: 'Open it in PowerPoint, remove the password, save it as .pptx, and retry.',
    })
  const saved = user && user.length >= 20 ? readEdits(stream, user.readUInt32LE(16)) : undefined
  const find = (id: number): Rec | undefined => recordAt(stream, saved?.places.get(id) ?? -1)
  const named = saved && find(saved.document)
  const document =
    named?.type === types.document ? named : [...records(stream)].find(({ type }) => type === types.document)
  if (!document) throw damaged()
  const listed = listedSlides(document, find)
  return { slides: listed.length > 0 ? listed : looseSlides(stream), links: linksOf(document) }
}

const damaged = () =>
  new MdraftError('malformed', 'The PowerPoint 97–2003 file is damaged.', {
    fix: 'Open it in PowerPoint, save it as .pptx, and retry.',
  })

type Edits = { readonly document: number; readonly places: ReadonlyMap<number, number> }

/** From the last edit back to the first; a later place of the same number wins. */
function readEdits(stream: Buffer, last: number): Edits | undefined {
  const places = new Map<number, number>()
  const seen = new Set<number>()
  let document: number | undefined
  for (let at = last; at > 0 && !seen.has(at) && seen.size < MOST_EDITS; ) {
    seen.add(at)
    const edit = recordAt(stream, at)
    if (edit?.type !== types.userEdit || edit.data.length < 20) break
    document ??= edit.data.readUInt32LE(16)
    const directory = recordAt(stream, edit.data.readUInt32LE(12))
    if (directory?.type === types.persistDirectory) addPlaces(directory.data, places)
    at = edit.data.readUInt32LE(8)
  }
  return document === undefined ? undefined : { document, places }
}

function addPlaces(data: Buffer, places: Map<number, number>): void {
  for (let at = 0; at + 4 <= data.length; ) {
    const head = data.readUInt32LE(at)
    const count = head >>> 20
    for (let index = 0; index < count && at + 8 + index * 4 <= data.length; index++) {
      const id = (head & 0xfffff) + index
      if (!places.has(id)) places.set(id, data.readUInt32LE(at + 4 + index * 4))
    }
    at += 4 + count * 4
  }
}

const SLIDES = 0
const NOTES = 2

type Listed = { readonly record: Rec | undefined; readonly id: number; readonly texts: readonly Rec[] }

/** Each slide of a list is followed by the texts of its outline (2.4.14.3). */
function entriesOf(list: Rec | undefined, find: (id: number) => Rec | undefined): Listed[] {
  const out: { record: Rec | undefined; id: number; texts: Rec[] }[] = []
  for (const record of children(list)) {
    if (record.type === types.slidePersist && record.data.length >= 16)
      out.push({ record: find(record.data.readUInt32LE(0)), id: record.data.readUInt32LE(12), texts: [] })
    else out.at(-1)?.texts.push(record)
  }
  return out
}

function listedSlides(document: Rec, find: (id: number) => Rec | undefined): SlideEntry[] {
  const lists = children(document).filter(({ type }) => type === types.slideList)
  const list = (instance: number) => lists.find((one) => one.instance === instance)
  const notes = new Map(entriesOf(list(NOTES), find).map(({ id, record }) => [id, record]))
  return entriesOf(list(SLIDES), find).flatMap(({ record, texts }) => {
    if (record?.type !== types.slide) return []
    const atom = child(record, types.slideAtom)?.data
    const asked = atom && atom.length >= 20 ? atom.readUInt32LE(16) : 0
    return [{ slide: record, texts, notes: notes.get(asked) }]
  })
}

/** Without a list that can be followed: the slides as they lie in the file. */
const looseSlides = (stream: Buffer): SlideEntry[] =>
  [...records(stream)]
    .filter(({ type }) => type === types.slide)
    .map((slide) => ({ slide, texts: [], notes: undefined }))

/** Addresses of links by their number (2.10.16). */
function linksOf(document: Rec): Map<number, string> {
  const out = new Map<number, string>()
  for (const link of children(child(document, types.objects))) {
    if (link.type !== types.link) continue
    const atom = child(link, types.linkAtom)?.data
    const target = children(link).find(({ type, instance }) => type === types.string && instance === 1)
    const href = target && safeHref(target.data.toString('utf16le'))
    if (atom && atom.length >= 4 && href) out.set(atom.readUInt32LE(0), href)
  }
  return out
}
