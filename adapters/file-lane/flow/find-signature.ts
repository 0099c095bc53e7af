import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { signatureSuffixes } from '../core/file/name.ts';
import type { Work } from './work.ts';

/** The detached signature beside a data file, if it is there yet. */
export async function findSignature({ ports }: Work, data: ObjectRef): Promise<ObjectRef | undefined> {
  for (const suffix of signatureSuffixes) {
    const key = data.key + suffix;
    const found = await ports.files.head({ bucket: 'inbound', key });
    if (found) return { bucket: 'inbound', key, versionId: found.versionId, etag: found.etag };
  }
  return undefined;
}
