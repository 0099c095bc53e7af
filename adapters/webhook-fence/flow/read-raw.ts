import type { Work } from './work.ts';

/** An object of the raw bucket, as text. @throws ObjectGone */
export async function readRaw({ ports }: Work, key: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of ports.files.read({ bucket: 'raw', key })) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
