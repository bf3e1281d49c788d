import { MdraftError } from '../../errors.ts'
import type { FlowReader } from '../../reader.ts'

export const readMarkdown: FlowReader = async () => {
  throw new MdraftError('unsupported_format', 'This format is not read yet.')
}
