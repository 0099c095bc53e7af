import { createHash } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';

const suffixes = { ack: '.ack.json', rejected: '.rejected.csv' } as const;

/**
 * Keys of the answers to a file. A name too long to take a suffix keeps its beginning and gets a part of its SHA-256, so
 * that every file that can be dropped can be answered.
 */
export function ackNames(folder: string, name: string): { readonly ack: string; readonly rejected: string } {
  const answer = (suffix: string) =>
    `${folder}/ack/${fitted(name, limits.keyBytesMax - Buffer.byteLength(`${folder}/ack/${suffix}`))}${suffix}`;
  // Both are cut for the longer suffix, so that they share a beginning.
  const stem = answer(suffixes.rejected).slice(0, -suffixes.rejected.length);
  return { ack: `${stem}${suffixes.ack}`, rejected: `${stem}${suffixes.rejected}` };
}

function fitted(name: string, bytesMax: number): string {
  if (Buffer.byteLength(name) <= bytesMax) return name;
  const mark = `~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  let kept = '';
  let room = bytesMax - mark.length;
  for (const character of name) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}${mark}`;
}
