/** The inside of a paragraph: runs, fields, links, revisions, notes, drawings (ECMA-376 part 1, 17.3 and 17.16). */
import { inlineFormula, lineBreak, link } from '../../doc/build.ts'
import type { At, Inline } from '../../doc/model.ts'
import { attribute, child, descendants, elements, type Xml, xmlText } from '../../io/xml.ts'
import { alternative } from '../ooxml/alternate.ts'
import { safeHref } from '../ooxml/href.ts'
import { ommlToLatex } from '../ooxml/omml.ts'
import { relationshipId } from '../ooxml/package.ts'
import { symbol, symbolText } from '../ooxml/symbols.ts'
import { readDrawing } from './drawing.ts'
import { fieldMeaning } from './fields.ts'
import { tickBox } from './form.ts'
import { createInk, type Ink, type InkWell } from './ink.ts'
import { type Ground, type Look, lookOf } from './look.ts'
import { breakPage, renderedPage } from './pages.ts'
import { runProperties } from './properties.ts'
import type { OpenField, PageTurn, Story } from './reading.ts'

type Walk = Ground & { readonly ink: InkWell; readonly at: At }

export function readInk(
  children: readonly (Xml | string)[],
  { base, isOnPaper }: Pick<Ground, 'base' | 'isOnPaper'>,
  story: Story,
  at: At,
): Ink {
  const ink = createInk()
  const walk: Walk = { story, ink, at, base, isOnPaper }
  for (const field of story.fields) reopen(field, ink)
  readInline(children, walk)
  return ink.finish()
}

/** A field that began in an earlier paragraph goes on in this one. */
function reopen(field: OpenField, ink: InkWell): void {
  if (field.phase !== 'result') return
  if (field.meaning?.kind === 'link') ink.open(field.meaning, field)
  if (field.meaning?.kind === 'contents') ink.contents()
}

function readInline(children: readonly (Xml | string)[], walk: Walk): void {
  for (const node of children) if (typeof node !== 'string') inlineReaders[node.local]?.(node, walk)
}

const through = (element: Xml, walk: Walk): void => readInline(element.children, walk)

/** What is not in the table has no content of its own (proofing marks, permissions, comment ranges). */
const inlineReaders: Readonly<Record<string, (element: Xml, walk: Walk) => void>> = {
  r: readRun,
  hyperlink: readHyperlink,
  fldSimple: readSimpleField,
  ins: (element, walk) => readRevision(element, walk, 'inserted'),
  moveTo: (element, walk) => readRevision(element, walk, 'inserted'),
  del: (element, walk) => readRevision(element, walk, 'deleted'),
  moveFrom: (element, walk) => readRevision(element, walk, 'deleted'),
  sdt: readControl,
  smartTag: through,
  customXml: through,
  dir: through,
  bdo: through,
  AlternateContent: (element, walk) => through(alternative(element) ?? element, walk),
  bookmarkStart: (element, { ink }) => {
    const name = attribute(element, 'name')
    if (name) ink.anchor(name)
  },
  oMath: (element, walk) => {
    if (isVisible(walk)) emit(inlineFormula(ommlToLatex(element)), walk)
  },
  oMathPara: (element, walk) => {
    for (const math of elements(element, 'oMath')) if (isVisible(walk)) walk.ink.displayed(ommlToLatex(math))
  },
  subDoc: (element, { story, ink, at }) => {
    const target = story.links.get(relationshipId(element, 'id') ?? '')?.target
    const href = target === undefined ? undefined : safeHref(target)
    if (href === undefined) return
    story.reading.context.report.warn(
      'external-reference',
      'A part of the document lies in another file.',
      at,
    )
    ink.node(link(href, href))
  },
}

/** A content control shows what is in it; a box to tick may be drawn with any sign, and says itself whether it is ticked. */
function readControl(element: Xml, walk: Walk): void {
  const content = child(element, 'sdtContent') ?? element
  const box = tickBox(child(element, 'sdtPr'))
  if (box === undefined) {
    through(content, walk)
    return
  }
  const run = descendants(content, 'r').next().value || undefined
  emitText(box, lookOf(runProperties(child(run, 'rPr')), walk), walk)
}

/** Insertions and deletions (17.13.5): which of them stand is the user's choice. */
function readRevision(element: Xml, walk: Walk, change: 'inserted' | 'deleted'): void {
  const { reading } = walk.story
  const { trackChanges } = reading.context.options
  if (change === 'inserted') reading.seen.insertions++
  else reading.seen.deletions++
  if (trackChanges === 'all') through(element, { ...walk, change })
  else if ((trackChanges === 'accept') === (change === 'inserted')) through(element, walk)
}

function readHyperlink(element: Xml, walk: Walk): void {
  const { story, ink } = walk
  const target = story.links.get(relationshipId(element, 'id') ?? '')
  const place = attribute(element, 'anchor') ?? attribute(element, 'docLocation')
  const href = safeHref((target?.external ? target.target : '') + (place ? `#${place}` : ''))
  const title = attribute(element, 'tooltip')
  const isLink = href !== undefined && isVisible(walk)
  if (isLink) ink.open({ href, ...(title ? { title } : {}) })
  through(element, walk)
  if (isLink) ink.close()
}

function readSimpleField(element: Xml, walk: Walk): void {
  const field: OpenField = {
    instruction: attribute(element, 'instr') ?? '',
    phase: 'code',
    meaning: undefined,
    formData: undefined,
  }
  startResult(field, walk)
  walk.story.fields.push(field)
  through(element, walk)
  walk.story.fields.pop()
  walk.ink.close(field)
}

/** The instruction is whole: what the field prints, or what its result is. */
function startResult(field: OpenField, walk: Walk): void {
  field.phase = 'result'
  field.meaning = fieldMeaning(field.instruction, field.formData)
  if (!isVisible(walk)) return
  if (field.meaning.kind === 'text') walk.ink.text(field.meaning.text, [])
  if (field.meaning.kind === 'number')
    walk.ink.text(walk.story.reading.fieldNumbers.next(field.meaning.words), [])
  reopen(field, walk.ink)
}

/** Fields inside one another; Word allows 20. What is deeper prints its result as text. */
const DEEPEST_FIELD = 50

function readFieldCharacter(element: Xml, walk: Walk): void {
  const { fields } = walk.story
  const type = attribute(element, 'fldCharType')
  if (type === 'begin' && fields.length < DEEPEST_FIELD)
    fields.push({ instruction: '', phase: 'code', meaning: undefined, formData: child(element, 'ffData') })
  if (type === 'separate') {
    const field = fields.at(-1)
    if (field?.phase === 'code') {
      // Its own instruction no longer hides what it prints.
      fields.pop()
      startResult(field, walk)
      fields.push(field)
    }
  }
  if (type === 'end') {
    const field = fields.pop()
    if (field?.phase === 'code') startResult(field, walk)
    if (field) walk.ink.close(field)
  }
}

/** Text inside an instruction is not printed, nor is a result that something else stands for. */
const isVisible = ({ story }: Walk): boolean =>
  story.fields.every(({ phase, meaning }) => phase === 'result' && !isReplaced(meaning))

const isReplaced = (meaning: OpenField['meaning']): boolean =>
  meaning?.kind === 'text' || meaning?.kind === 'number'

function emitText(value: string, look: Look, walk: Walk): void {
  const { story, ink } = walk
  const code = story.fields.findLast((field) => field.phase === 'code')
  if (code) code.instruction += value
  else if (look.isHidden) story.reading.seen.hiddenCharacters += value.trim().length
  else if (isVisible(walk)) ink.text(value, look.marks)
}

function emit(node: Inline, walk: Walk): void {
  if (isVisible(walk)) walk.ink.node(node)
}

function readRun(element: Xml, walk: Walk): void {
  const look = lookOf(runProperties(child(element, 'rPr')), walk)
  readRunContent(element.children, look, walk)
}

function readRunContent(children: readonly (Xml | string)[], look: Look, walk: Walk): void {
  for (const node of children) {
    if (typeof node === 'string') continue
    // The mark that the author set in place of a number says what the reference says (17.11.6).
    runReaders[node.local]?.(node, look, walk)
    if (attribute(node, 'customMarkFollows') !== undefined) return
  }
}

type RunReader = (element: Xml, look: Look, walk: Walk) => void

const readText: RunReader = (element, look, walk) => {
  const raw = xmlText(element).replace(/[\n\r\t]+/g, ' ')
  // White space at the ends counts only where the file says so (17.3.3.31).
  const value = attribute(element, 'space') === 'preserve' ? raw : raw.trim()
  emitText(look.font === undefined ? value : symbolText(value, look.font), look, walk)
}
const printing =
  (value: string): RunReader =>
  (_, look, walk) =>
    emitText(value, look, walk)
const drawing: RunReader = (element, look, walk) => {
  if (!look.isHidden && isVisible(walk)) readDrawing(element, walk.story, walk.ink, walk.at)
}
const reference =
  (kind: 'footnote' | 'endnote' | 'comment'): RunReader =>
  (element, look, walk) => {
    const id = attribute(element, 'id')
    if (id === undefined || look.isHidden || !isVisible(walk)) return
    const name = walk.story.reading.notes.refer(kind, id)
    if (name !== undefined) walk.ink.note(name)
  }

const runReaders: Readonly<Record<string, RunReader>> = {
  // Some programs put the runs of a link into a run.
  r: (element, _, walk) => readRun(element, walk),
  t: readText,
  delText: readText,
  instrText: (element, _, { story }) => {
    const code = story.fields.findLast((field) => field.phase === 'code')
    if (code) code.instruction += xmlText(element)
  },
  tab: printing('\t'),
  ptab: printing('\t'),
  // A hyphen where no line may break; who searches for the word types the plain one.
  noBreakHyphen: printing('-'),
  cr: (_, look, walk) => breakLine(look, walk),
  br: (element, look, walk) => {
    const type = attribute(element, 'type')
    if (type === 'page') turnPage(breakPage(walk.story.reading.pages), walk)
    else breakLine(look, walk)
  },
  lastRenderedPageBreak: (_element, _look, walk) => turnPage(renderedPage(walk.story.reading.pages), walk),
  sym: (element, look, walk) => {
    const code = Number.parseInt(attribute(element, 'char') ?? '', 16)
    if (Number.isFinite(code)) emitText(symbol(attribute(element, 'font') ?? '', code) ?? '�', look, walk)
  },
  drawing,
  pict: drawing,
  object: drawing,
  fldChar: (element, _, walk) => readFieldCharacter(element, walk),
  footnoteReference: reference('footnote'),
  endnoteReference: reference('endnote'),
  commentReference: reference('comment'),
  AlternateContent: (element, look, walk) => {
    const branch = alternative(element)
    if (branch) readRunContent(branch.children, look, walk)
  },
  // The reading aid stands behind its word, in brackets (17.3.3.25).
  ruby: (element, _, walk) => {
    through(child(element, 'rubyBase') ?? element, walk)
    const aid = child(element, 'rt')
    if (!aid || xmlText(aid).trim() === '') return
    walk.ink.text('(', [])
    through(aid, walk)
    walk.ink.text(')', [])
  },
}

function breakLine(look: Look, walk: Walk): void {
  if (!look.isHidden) emit(lineBreak(), walk)
}

function turnPage(turn: PageTurn | undefined, { ink }: Walk): void {
  if (turn) ink.page(turn)
}
