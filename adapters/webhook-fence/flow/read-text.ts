import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { Work } from './work.ts';

/** An object as text. @throws ObjectGone */
export async function readText({ ports }: Pick<Work, 'ports'>, object: ObjectRef): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of ports.files.read(object)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
