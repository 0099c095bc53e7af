import { createHash } from 'node:crypto';
import { needsStaging, toUtf8 } from '../../shared/core/file/decode.ts';
import { ExpansionGuard, gunzip, unzip } from '../../shared/core/file/decompress.ts';
import { hashing } from '../../shared/core/file/hash.ts';
import type { Handoff, Inspection } from '../../shared/core/outcome/handoff.ts';
import type { Files } from '../../shared/ports.ts';
import type { Arrival } from './arrive.ts';
import { stagedKey } from './places.ts';
import type { Work } from './work.ts';

/** What reading a file once tells besides its text. */
export type Reading = Pick<Inspection, 'bytes' | 'sha256' | 'contentSha256' | 'source'>;

/**
 * Reads the file once, decompressed and in UTF-8, and shows each piece to `see`. A file that cannot be read by range as it
 * lies is staged as clean UTF-8 on the way.
 * @throws FileFault when compression or encoding are not as agreed; ObjectGone when it was removed or replaced.
 */
export async function readText(
  { lane, ports }: Work,
  handoff: Handoff,
  { object, name }: Arrival,
  bytes: number,
  see: (piece: Uint8Array) => void,
): Promise<Reading> {
  const raw = createHash('sha256');
  // What is not compressed is its own content.
  const content = name.compression === 'none' ? raw : createHash('sha256');
  const opened = open(ports.files, object, name.compression, bytes, raw);
  const hashed = content === raw ? opened : hashing(opened, content);
  const text = seen(toUtf8(hashed, lane.dialect.encoding), see);
  const staged = needsStaging(lane.dialect, name.compression);
  const source = staged
    ? await ports.files.write('raw', stagedKey(lane, handoff.id), text, 'text/csv; charset=utf-8')
    : object;
  if (!staged) await drain(text);
  const sha256 = raw.digest('hex');
  return { bytes, sha256, contentSha256: content === raw ? sha256 : content.digest('hex'), source };
}

type Hash = ReturnType<typeof createHash>;

/** The file's content; `raw` has seen every byte of the object when it ends. */
async function* open(
  files: Files,
  object: Arrival['object'],
  compression: string,
  size: number,
  raw: Hash,
): AsyncGenerator<Uint8Array> {
  const whole = hashing(files.read(object), raw);
  if (compression === 'none') yield* whole;
  else if (compression === 'gzip') yield* gunzip(whole, new ExpansionGuard(size));
  else {
    await drain(whole);
    yield* unzip({ size, read: (start, end) => files.read(object, { start, end }) });
  }
}

async function* seen(
  source: AsyncIterable<Uint8Array>,
  see: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    see(piece);
    yield piece;
  }
}

async function drain(source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of source);
}
