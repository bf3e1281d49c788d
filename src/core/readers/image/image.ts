import { MdraftError } from '../../errors.ts'
import type { PageReader } from '../../reader.ts'

export const readImage: PageReader = async () => {
  throw new MdraftError('unsupported_format', 'This format is not read yet.')
}
