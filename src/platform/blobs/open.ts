/** Where files are kept: rows of the configuration decide. */
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Blobs } from './blobs.ts'
import { diskBlobs } from './disk.ts'

/** @throws MdraftError `missing_package` */
export async function openBlobs({ storage, dataDir }: Pick<Config, 'storage' | 'dataDir'>): Promise<Blobs> {
  if (storage.gcs) return (await import('./gcs.ts')).gcsBlobs(storage.gcs)
  if (storage.s3) return (await import('./s3.ts')).s3Blobs(storage.s3)
  return diskBlobs(join(dataDir, 'files'))
}
