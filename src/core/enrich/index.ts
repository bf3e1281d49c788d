/** Passes over a finished Doc, in this order. Each is pure: Doc in, Doc out. */
import type { Doc } from '../doc/model.ts'
import type { Report } from '../report.ts'
import { displayed } from './displayed.ts'
import { identify } from './identify.ts'

export type Pass = (doc: Doc, report: Report) => Doc

export const passes: readonly Pass[] = [displayed, identify]
