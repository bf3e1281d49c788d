import { MdraftError } from '../../errors.ts'
import type { PageReader } from '../../reader.ts'

export const readPdf: PageReader = async () => {
  throw new MdraftError('unsupported_format', 'This format is not read yet.')
}
