/** Automatic numbers, counted as Word counts them (ECMA-376 part 1, 17.9, and Microsoft's notes MS-OI29500). */
import { attribute, child, descendants, elements, type Xml } from '../../io/xml.ts'
import type { ListLabel } from '../ooxml/lists.ts'
import { formatCustom, formatNumber } from '../ooxml/number-formats.ts'
import { integer, isOn, paragraphProperties, runProperties } from './properties.ts'

export type Label = ListLabel & {
  /** What stands between label and text (17.9.28). */
  readonly suffix: 'tab' | 'space' | 'nothing'
  readonly firstLine?: number
}

export type Numbering = {
  /** Counts one more paragraph and gives its label; undefined when there is no such numbering. */
  next(numId: number, level: number): Label | undefined
  /** The level that is linked to a paragraph style (17.9.23). */
  levelOfStyle(numId: number, style: string): number | undefined
  /** Whether two instances count together. */
  definitionOf(numId: number): string | undefined
}

type Level = {
  readonly format: string
  readonly custom?: string
  readonly text: string
  readonly start: number
  /** 1-based level whose use restarts this one; 0: nothing does (17.9.10). */
  readonly restart?: number
  readonly isLegal: boolean
  readonly suffix: Label['suffix']
  readonly style?: string
  readonly left?: number
  readonly firstLine?: number
  readonly font?: string
  readonly isHidden: boolean
  readonly isPicture: boolean
}
type Definition = {
  readonly id: string
  readonly levels: ReadonlyMap<number, Level>
  readonly numStyleLink?: string
}
type Instance = {
  readonly definition: Definition
  /** Levels that the instance defines anew (17.9.5). */
  readonly levels: ReadonlyMap<number, Level>
  readonly starts: ReadonlyMap<number, number>
}

const LEVELS = 9
const bare: Level = {
  format: 'decimal',
  text: '',
  start: 1,
  isLegal: false,
  suffix: 'tab',
  isHidden: false,
  isPicture: false,
}

/** `numberingOf` gives the instance that a numbering style stands for. */
export function readNumbering(
  root: Xml | undefined,
  numberingOf: (style: string) => number | undefined,
): Numbering {
  const instances = readInstances(root, numberingOf)
  const counters = new Map<string, (number | undefined)[]>()
  const started = new Set<string>()

  const next = (numId: number, level: number): Label | undefined => {
    const instance = instances.get(numId)
    if (!instance) return undefined
    const counts = counters.get(instance.definition.id) ?? []
    counters.set(instance.definition.id, counts)
    count(counts, level, instance, `${numId}/${level}`, started)
    return labelOf(instance, level, counts)
  }
  const levelOfStyle = (numId: number, style: string): number | undefined => {
    const instance = instances.get(numId)
    if (!instance) return undefined
    for (let level = 0; level < LEVELS; level++) if (levelOf(instance, level).style === style) return level
    return undefined
  }
  return { next, levelOfStyle, definitionOf: (numId) => instances.get(numId)?.definition.id }
}

/** A level's own definition; an instance may replace it, but not when it restarts (MS-OI29500, 17.9.5). */
const levelOf = ({ definition, levels }: Instance, level: number): Level =>
  levels.get(level) ?? definition.levels.get(level) ?? bare

const startOf = (instance: Instance, level: number): number =>
  instance.starts.get(level) ?? levelOf(instance, level).start

function count(
  counts: (number | undefined)[],
  level: number,
  instance: Instance,
  use: string,
  started: Set<string>,
): void {
  // A level that is skipped counts as used once: "1", then "1.1.1", then "1.2" (Microsoft KB Q110380).
  for (let above = 0; above < level; above++) counts[above] ??= startOf(instance, above)
  const override = started.has(use) ? undefined : instance.starts.get(level)
  started.add(use)
  const current = counts[level]
  counts[level] = override ?? (current === undefined ? startOf(instance, level) : current + 1)
  for (let below = level + 1; below < LEVELS; below++) {
    const restart = instance.definition.levels.get(below)?.restart
    if (restart === undefined || level < restart) counts[below] = undefined
  }
}

function labelOf(instance: Instance, level: number, counts: readonly (number | undefined)[]): Label {
  const own = levelOf(instance, level)
  const isBullet = own.format === 'bullet' || own.isPicture
  const text = own.isHidden
    ? ''
    : isBullet
      ? own.text
      : own.text.replace(/%([1-9])/g, (_, index: string) => {
          const at = Number(index) - 1
          if (at > level) return ''
          return numberOf(levelOf(instance, at), counts[at] ?? startOf(instance, at), own.isLegal)
        })
  return {
    text,
    isBullet,
    ...(own.font === undefined ? {} : { font: own.font }),
    value: counts[level] ?? 0,
    suffix: own.suffix,
    definition: instance.definition.id,
    level,
    ...(own.left === undefined ? {} : { left: own.left }),
    ...(own.firstLine === undefined ? {} : { firstLine: own.firstLine }),
  }
}

/** Legal numbering prints every level in decimal (17.9.4). */
function numberOf({ format, custom }: Level, value: number, isLegal: boolean): string {
  if (isLegal) return String(value)
  if (format === 'bullet') return ''
  return custom === undefined ? formatNumber(value, format).trim() : formatCustom(value, custom)
}

function readInstances(
  root: Xml | undefined,
  numberingOf: (style: string) => number | undefined,
): Map<number, Instance> {
  const definitions = new Map<string, Definition>()
  for (const element of elements(root, 'abstractNum')) {
    const definition = readDefinition(element)
    if (!definitions.has(definition.id)) definitions.set(definition.id, definition)
  }
  const definitionIds = new Map<number, string>()
  const nums = elements(root, 'num')
  for (const element of nums) {
    const numId = integer(attribute(element, 'numId'))
    const id = attribute(child(element, 'abstractNumId'), 'val')
    if (numId !== undefined && id !== undefined && !definitionIds.has(numId)) definitionIds.set(numId, id)
  }
  const instances = new Map<number, Instance>()
  for (const element of nums) {
    const numId = integer(attribute(element, 'numId'))
    if (numId === undefined || instances.has(numId)) continue
    const definition = followLinks(definitionIds.get(numId), definitions, definitionIds, numberingOf)
    if (definition) instances.set(numId, { definition, ...readOverrides(element) })
  }
  return instances
}

/** A definition may stand for a numbering style, whose own definition is meant (17.9.21). */
function followLinks(
  id: string | undefined,
  definitions: ReadonlyMap<string, Definition>,
  definitionIds: ReadonlyMap<number, string>,
  numberingOf: (style: string) => number | undefined,
): Definition | undefined {
  let definition = id === undefined ? undefined : definitions.get(id)
  for (let steps = 0; definition?.numStyleLink && steps < 10; steps++) {
    const numId = numberingOf(definition.numStyleLink)
    const linked = numId === undefined ? undefined : definitions.get(definitionIds.get(numId) ?? '')
    if (!linked || linked === definition) break
    definition = linked
  }
  return definition
}

function readDefinition(element: Xml): Definition {
  const link = attribute(child(element, 'numStyleLink'), 'val')
  return {
    id: attribute(element, 'abstractNumId') ?? '',
    levels: readLevels(element),
    ...(link === undefined ? {} : { numStyleLink: link }),
  }
}

function readLevels(parent: Xml): Map<number, Level> {
  const levels = new Map<number, Level>()
  for (const element of elements(parent, 'lvl')) {
    const index = integer(attribute(element, 'ilvl'))
    if (index !== undefined && index >= 0 && index < LEVELS && !levels.has(index))
      levels.set(index, readLevel(element))
  }
  return levels
}

function readOverrides(num: Xml): Pick<Instance, 'levels' | 'starts'> {
  const levels = new Map<number, Level>()
  const starts = new Map<number, number>()
  for (const element of elements(num, 'lvlOverride')) {
    const index = integer(attribute(element, 'ilvl'))
    if (index === undefined) continue
    const lvl = child(element, 'lvl')
    if (lvl) levels.set(index, readLevel(lvl))
    const start = integer(attribute(child(element, 'startOverride'), 'val'))
    if (start !== undefined) starts.set(index, start)
  }
  return { levels, starts }
}

function readLevel(element: Xml): Level {
  const value = (name: string) => attribute(child(element, name), 'val')
  // The custom format of Word 2010 stands in an alternative whose fallback is decimal.
  const numFmt = child(element, 'numFmt') ?? [...descendants(element, 'numFmt')][0]
  const custom = attribute(numFmt, 'format')
  const { left, firstLine } = paragraphProperties(child(element, 'pPr'))
  const { font, hidden } = runProperties(child(element, 'rPr'))
  const suffix = value('suff')
  const style = value('pStyle')
  const restart = integer(value('lvlRestart'))
  return {
    format: attribute(numFmt, 'val') ?? 'decimal',
    ...(custom === undefined ? {} : { custom }),
    text: value('lvlText') ?? '',
    // The standard says 0 where no start is given; Word counts from 1 and always writes it (17.9.25).
    start: integer(value('start')) ?? 1,
    ...(restart === undefined ? {} : { restart }),
    isLegal: isOn(child(element, 'isLgl')) ?? false,
    suffix: suffix === 'space' || suffix === 'nothing' ? suffix : 'tab',
    ...(style === undefined ? {} : { style }),
    ...(left === undefined ? {} : { left }),
    ...(firstLine === undefined ? {} : { firstLine }),
    ...(font === undefined ? {} : { font }),
    isHidden: hidden ?? false,
    isPicture: child(element, 'lvlPicBulletId') !== undefined,
  }
}
