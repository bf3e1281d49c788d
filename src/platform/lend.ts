/** Libraries of vendors are optional: loaded when the configuration asks for one, and asked for by name when missing. */
import { MdraftError } from '../core/index.ts'

/** @throws MdraftError `missing_package` */
export async function lend<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new MdraftError('missing_package', `The configuration needs the package ${name}.`, {
      fix: `npm install ${name}`,
      cause,
    })
  }
}
