import type { Node } from '../model.ts'
import { attachments } from './attachments.ts'
import { front } from './front.ts'
import { instructions } from './instructions.ts'
import { terms } from './terms.ts'
import { work } from './work.ts'

/** A solicitation of our own invention. Agency, people, places and addresses do not exist. */
export const solicitation = {
  number: 'NHWA-27-R-0014',
  name: 'Harbor Sensor Network Operations and Data Services',
  agency: 'National Harbor and Waterways Administration',
  nodes: [...front, ...work, ...terms, ...instructions, ...attachments] satisfies readonly Node[],
}
