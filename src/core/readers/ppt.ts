import { MdraftError } from '../errors.ts'
import type { FlowReader } from '../reader.ts'

/** PowerPoint 97–2003 keeps its text in nested binary records (MS-PPT), which no kept library reads. */
export const readPpt: FlowReader = async () => {
  throw new MdraftError('unsupported_format', 'PowerPoint 97–2003 files (.ppt) are not read.', {
    fix: 'Open it in PowerPoint or LibreOffice, save it as .pptx, and retry.',
  })
}
