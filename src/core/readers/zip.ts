import { adopt } from '../doc/adopt.ts'
import { doc, heading, item, list, paragraph } from '../doc/build.ts'
import type { Block, Doc } from '../doc/model.ts'
import { plainText } from '../doc/walk.ts'
import { MdraftError } from '../errors.ts'
import { safeName } from '../io/names.ts'
import { openZip, type Zip, type ZipOptions } from '../io/zip.ts'
import type { FlowReader, ReadContext } from '../reader.ts'

/** What archivers add for themselves: macOS resource forks and folder settings, Windows thumbnails. */
const clutter = /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]+$|Thumbs\.db$|desktop\.ini$)/i

/** An archive: a list of its members, then each member's content under its name. */
export const readZip: FlowReader = async ({ bytes }, context) => {
  const zip = await openZip(bytes, context.limits, salvage(context))
  const names = zip.names
    .filter((name) => !clutter.test(name))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
  const blocks: Block[] = names.length > 1 ? [memberList(names)] : []
  let chars = 0
  for (const [index, name] of names.entries()) {
    context.progress({ stage: 'reading', page: index + 1, pages: names.length })
    if (chars > context.limits.outputChars || context.isLate()) {
      context.report.warn(
        'member-skipped',
        `${names.length - index} members were not read: the output limit or the deadline was reached.`,
      )
      break
    }
    const path = safeName(name)
    const content = await readOne(zip, name, path, context)
    if (content === 'stop') break
    blocks.push(heading(1, path, { at: { path } }))
    if (!content) continue
    const adopted = adopt(content, { path, sink: 1, prefix: `m${index + 1}-` })
    chars += adopted.reduce((sum, block) => sum + plainText(block).length, 0)
    blocks.push(...adopted)
  }
  return doc('zip', blocks)
}

/** What is damaged is read as far as it goes. */
const salvage = ({ report }: ReadContext): ZipOptions => ({
  onDamage: (why, name) =>
    report.warn('file-salvaged', why, name === undefined ? undefined : { path: safeName(name) }),
})

const memberList = (names: readonly string[]): Block =>
  list(names.map((name) => item([paragraph(safeName(name))])))

async function readOne(
  zip: Zip,
  name: string,
  path: string,
  context: ReadContext,
): Promise<Doc | 'stop' | undefined> {
  try {
    const bytes = await zip.read(name)
    return bytes && (await context.readMember({ bytes, name: path }))
  } catch (error) {
    if (!(error instanceof MdraftError) || error.code === 'aborted' || error.code === 'timeout') throw error
    context.report.warn('member-failed', `"${path}" could not be unpacked: ${error.message}`, { path })
    // A member beyond the limits means that the rest of the archive is not to be trusted either.
    return error.code === 'bomb' ? 'stop' : undefined
  }
}
