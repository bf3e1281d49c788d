/** The content of a paragraph (OpenDocument 1.3 part 3, chapter 6). */
import { inlineFormula, inlineImage, lineBreak, link, note, noteRef, text } from '../../doc/build.ts'
import { tidyInline } from '../../doc/inline.ts'
import type { Block, Inline, Mark } from '../../doc/model.ts'
import { attribute, child, elements, type Xml, xmlText } from '../../io/xml.ts'
import { safeHref } from '../ooxml/href.ts'
import { deletedText } from './changes.ts'
import { frameBlocks, framePicture } from './frame.ts'
import { type Content, nextPlace, type Walk } from './walk.ts'

/** `text:s` repeats a space; more than a line's worth says nothing. */
const MOST_SPACES = 120

type Line = { readonly out: Inline[]; readonly after: Block[]; endsInSpace: boolean }

export function readInline(parent: Xml, marks: readonly Mark[], walk: Walk): Content {
  const line: Line = { out: [], after: [], endsInSpace: true }
  readNodes(parent, marks, line, walk)
  return { line: tidyInline(line.out), after: line.after }
}

function readNodes(parent: Xml, marks: readonly Mark[], line: Line, walk: Walk): void {
  for (const node of parent.children) {
    if (typeof node === 'string') addText(node, marks, line, walk)
    else (handlers[node.local] ?? readNodes)(node, marks, line, walk)
  }
}

/** White space collapses as in HTML (part 3, 6.1.2). */
function addText(value: string, marks: readonly Mark[], line: Line, walk: Walk): void {
  const { skip, marks: change } = walk.changes.here()
  if (skip) return
  const joined = value.replace(/[ \t\r\n]+/g, ' ')
  const kept = line.endsInSpace && joined.startsWith(' ') ? joined.slice(1) : joined
  if (kept === '') return
  line.endsInSpace = kept.endsWith(' ')
  line.out.push(text(kept, [...marks, ...change]))
}

function addExact(value: string, marks: readonly Mark[], line: Line, walk: Walk): void {
  const { skip, marks: change } = walk.changes.here()
  if (skip) return
  line.endsInSpace = false
  line.out.push(text(value, [...marks, ...change]))
}

type Handler = (element: Xml, marks: readonly Mark[], line: Line, walk: Walk) => void

const nothing: Handler = () => {}

const readSpan: Handler = (element, marks, line, walk) => {
  const style = walk.styles.text(attribute(element, 'style-name'))
  if (style.isHidden && walk.context.options.hiddenText === 'omit') {
    if (xmlText(element).trim() !== '')
      walk.context.report.warn(
        'hidden-content',
        `Hidden text was left out: "${xmlText(element).trim().slice(0, 60)}".`,
      )
    return
  }
  readNodes(element, [...new Set([...marks, ...style.marks])], line, walk)
}

const readLink: Handler = (element, marks, line, walk) => {
  // "#Name|outline" and the like say what kind of thing the name is.
  const target = (attribute(element, 'href') ?? '').replace(/^(#.*)\|\w+$/, '$1')
  const href = safeHref(target)
  const inner: Line = { out: [], after: line.after, endsInSpace: line.endsInSpace }
  readNodes(element, marks, inner, walk)
  line.endsInSpace = inner.endsInSpace
  if (inner.out.length === 0) return
  line.out.push(...(href === undefined ? inner.out : [link(href, inner.out)]))
}

/** A cross-reference shows text of its own and leads to a mark. */
const readReference: Handler = (element, marks, line, walk) => {
  const name = attribute(element, 'ref-name')
  const inner: Line = { out: [], after: line.after, endsInSpace: line.endsInSpace }
  readNodes(element, marks, inner, walk)
  line.endsInSpace = inner.endsInSpace
  line.out.push(...(name === undefined || inner.out.length === 0 ? inner.out : [link(`#${name}`, inner.out)]))
}

const readAnchor: Handler = (element, _, __, walk) => {
  const name = attribute(element, 'name')
  if (name !== undefined && walk.targets.has(name)) walk.state.anchors.push(name)
}

const readNote: Handler = (element, _, line, walk) => {
  const kind = attribute(element, 'note-class') === 'endnote' ? 'endnote' : 'footnote'
  const body = child(element, 'note-body')
  const count = walk.notes.filter((one) => one.kind !== 'comment').length
  const name = `${count + 1}`
  // Reserved before its body is read: a note may hold another.
  const at = walk.notes.length
  walk.notes.push(note(kind, name, []))
  const { at: place } = nextPlace(walk)
  walk.notes[at] = note(kind, name, body ? walk.blocks(body, walk) : [], { at: place })
  line.out.push(noteRef(name))
  line.endsInSpace = false
}

const readComment: Handler = (element, _, line, walk) => {
  if (walk.context.options.comments === 'omit') return
  const value = (local: string) => {
    const found = child(element, local)
    return found ? xmlText(found).trim() || undefined : undefined
  }
  const content: Xml = {
    ...element,
    children: elements(element).filter(({ local }) => local === 'p' || local === 'list'),
  }
  const name = `c${walk.notes.filter((one) => one.kind === 'comment').length + 1}`
  walk.notes.push(
    note('comment', name, walk.blocks(content, walk), { author: value('creator'), date: value('date') }),
  )
  line.out.push(noteRef(name))
}

const readDeletion: Handler = (element, marks, line, walk) => {
  const change = walk.changes.find(attribute(element, 'change-id'))
  if (change?.kind !== 'deletion' || walk.changes.mode === 'accept') return
  const mark: readonly Mark[] = walk.changes.mode === 'all' ? ['deleted'] : []
  line.out.push(text(deletedText(change), [...marks, ...mark]))
}

const readFrame: Handler = (element, _, line, walk) => {
  const picture = framePicture(element, walk)
  if (picture?.kind === 'formula') line.out.push(inlineFormula(picture.latex))
  else if (picture) line.out.push(inlineImage(picture.src, picture.alt))
  else line.after.push(...frameBlocks(element, walk))
  line.endsInSpace = false
}

const readRuby: Handler = (element, marks, line, walk) => {
  const base = child(element, 'ruby-base')
  const over = child(element, 'ruby-text')
  if (base) readNodes(base, marks, line, walk)
  if (over && xmlText(over) !== '') addExact(`(${xmlText(over)})`, marks, line, walk)
}

/** Boxes to tick and choices of a form, as LibreOffice keeps those of Word (`field:fieldmark`). */
const readFormField: Handler = (element, marks, line, walk) => {
  const values = (name: string) =>
    elements(element, 'param')
      .filter((one) => attribute(one, 'name') === name)
      .map((one) => attribute(one, 'value') ?? '')
  const type = attribute(element, 'type') ?? ''
  if (/FORMCHECKBOX$/.test(type))
    addExact(/^(true|1)$/.test(values('Checkbox_Checked')[0] ?? '') ? '☒' : '☐', marks, line, walk)
  else if (/FORMDROPDOWN$/.test(type))
    addExact(
      values('Dropdown_ListEntry')[Number(values('Dropdown_Selected')[0] ?? '0')] ?? '',
      marks,
      line,
      walk,
    )
  else readNodes(element, marks, line, walk)
}

const handlers: Readonly<Record<string, Handler>> = {
  span: readSpan,
  fieldmark: readFormField,
  a: readLink,
  s: (element, marks, line, walk) =>
    addExact(
      ' '.repeat(Math.min(MOST_SPACES, Number(attribute(element, 'c') ?? '1') || 1)),
      marks,
      line,
      walk,
    ),
  tab: (_, marks, line, walk) => addExact('\t', marks, line, walk),
  'line-break': (_, __, line) => {
    line.out.push(lineBreak())
    line.endsInSpace = true
  },
  'soft-page-break': (_, __, ___, walk) => {
    walk.state.page++
  },
  note: readNote,
  annotation: readComment,
  bookmark: readAnchor,
  'bookmark-start': readAnchor,
  'reference-mark': readAnchor,
  'reference-mark-start': readAnchor,
  'bookmark-ref': readReference,
  'reference-ref': readReference,
  'note-ref': readReference,
  'sequence-ref': readReference,
  'change-start': (element, _, __, walk) => walk.changes.open.add(attribute(element, 'change-id') ?? ''),
  'change-end': (element, _, __, walk) => walk.changes.open.delete(attribute(element, 'change-id') ?? ''),
  change: readDeletion,
  frame: readFrame,
  ruby: readRuby,
  'custom-shape': (element, _, line, walk) => line.after.push(...frameBlocks(element, walk)),
  rect: (element, _, line, walk) => line.after.push(...frameBlocks(element, walk)),
  ellipse: (element, _, line, walk) => line.after.push(...frameBlocks(element, walk)),
  g: (element, _, line, walk) => line.after.push(...frameBlocks(element, walk)),
  'hidden-text': nothing,
  'alphabetical-index-mark': nothing,
  'toc-mark': nothing,
  'annotation-end': nothing,
  'event-listeners': nothing,
}
