import { doc } from '../../doc/build.ts'
import type { FlowReader } from '../../reader.ts'
import { interpret } from './interpret.ts'

/** Rich Text Format. */
export const readRtf: FlowReader = async ({ bytes }, context) => {
  const { blocks, notes, header } = interpret(bytes, context)
  const info = (key: string) => header.info.get(key)?.trim() || undefined
  return doc('rtf', [...blocks, ...notes], {
    meta: {
      title: info('title'),
      author: info('author'),
      subject: info('subject'),
      keywords: info('keywords'),
      created: info('creatim'),
      modified: info('revtim'),
    },
  })
}
