/** Footnotes, endnotes and reviewers' comments (ECMA-376 part 1, 17.11 and 17.13.4). */
import { note } from '../../doc/build.ts'
import type { Note } from '../../doc/model.ts'
import { attribute, elements, type Xml } from '../../io/xml.ts'
import type { NoteKind, Notes, Story } from './reading.ts'

export type NotePart = { readonly kind: NoteKind; readonly root: Xml; readonly story: Story }

export type NoteRegister = Notes & {
  /** The notes in order of first reference, then comments that no text refers to. */
  read(): Note[]
}

/** Names tell the kinds apart and count as Word does: footnotes 1, 2, …; endnotes and comments on their own. */
const prefixes = { footnote: '', endnote: 'e', comment: 'c' } as const satisfies Record<NoteKind, string>

export function createNotes(parts: () => readonly NotePart[]): NoteRegister {
  let found: Map<string, { element: Xml; part: NotePart }> | undefined
  const names = new Map<string, string>()
  const counts = { footnote: 0, endnote: 0, comment: 0 }

  const all = () => (found ??= new Map(parts().flatMap(entriesOf)))
  const refer = (kind: NoteKind, id: string): string | undefined => {
    const key = `${kind} ${id}`
    if (!all().has(key)) return undefined
    const known = names.get(key)
    if (known !== undefined) return known
    const name = `${prefixes[kind]}${++counts[kind]}`
    names.set(key, name)
    return name
  }
  return {
    refer,
    read: () => {
      for (const [key, { part }] of all())
        if (part.kind === 'comment') refer('comment', key.slice('comment '.length))
      // A note may refer to a further note while it is read: the map grows under the loop.
      const notes: Note[] = []
      for (const [key, name] of names) notes.push(readNote(name, all().get(key)!))
      return notes
    },
  }
}

/** Separator lines between text and notes are notes by form only (17.18.33). */
const entriesOf = (part: NotePart): [string, { element: Xml; part: NotePart }][] =>
  elements(part.root, part.kind)
    .filter((element) => (attribute(element, 'type') ?? 'normal') === 'normal')
    .map((element) => [`${part.kind} ${attribute(element, 'id') ?? ''}`, { element, part }])

function readNote(name: string, { element, part }: { element: Xml; part: NotePart }): Note {
  const { kind, story } = part
  const blocks = story.readBlocks(element.children, { ...story, fields: [] })
  return note(kind, name, blocks, {
    at: { path: `${story.part}#${attribute(element, 'id') ?? ''}` },
    ...(kind === 'comment'
      ? { author: attribute(element, 'author') || undefined, date: attribute(element, 'date') || undefined }
      : {}),
  })
}
