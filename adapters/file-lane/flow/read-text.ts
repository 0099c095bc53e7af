import { createHash } from 'node:crypto';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { usesPgp } from '../contract/file-security.ts';
import { needsStaging, toUtf8 } from '../core/file/decode.ts';
import { ExpansionGuard, gunzip, unzip } from '../core/file/decompress.ts';
import { hashing } from '../core/file/hash.ts';
import type { HandoffFacts, Inspection } from '../core/outcome/handoff.ts';
import type { Arrival } from './arrival.ts';
import { readToTrust, requireDecryption } from './decryption.ts';
import { stagedKey } from './places.ts';
import { withHeartbeats } from './with-heartbeats.ts';
import type { Work } from './work.ts';

/** What reading a file once tells besides its text. */
export type Reading = Pick<Inspection, 'bytes' | 'sha256' | 'contentSha256' | 'source'>;

/** A file that is to be read: of so many bytes, for this hand-off. */
interface ReadingTask {
  readonly handoff: HandoffFacts;
  readonly arrival: Arrival;
  readonly bytes: number;
}

type See = (piece: Uint8Array) => void;
type Pieces = AsyncIterable<Uint8Array>;

/**
 * Reads the file once, decrypted, verified, decompressed and in UTF-8, and shows each piece to `see`. When ranges of
 * the object itself cannot be read as text, a clean UTF-8 copy is staged on the way.
 * @throws FileFault when protection, compression or encoding are not as agreed; ObjectGone when it was removed or replaced.
 */
export async function readText(work: Work, task: ReadingTask, see: See): Promise<Reading> {
  const { arrival, bytes } = task;
  const raw = createHash('sha256');
  const whole = hashing(work.ports.files.read(arrival.object), raw);
  const read = (pieces: Pieces) => readContent(work, task, { pieces, see });
  const { decryptAndVerify } = work;
  requireDecryption(work.lane, decryptAndVerify);
  const { sha256: contentSha256, source } =
    decryptAndVerify && usesPgp(work.lane.delivery.security)
      ? await readToTrust(withHeartbeats(work, decryptAndVerify(work, arrival, whole, bytes)), read)
      : await read(withHeartbeats(work, whole));
  const sha256 = raw.digest('hex');
  return { bytes, sha256, contentSha256: contentSha256 ?? sha256, source };
}

/** `sha256` is of the content; undefined where the object itself is its content. */
async function readContent(
  work: Work,
  { handoff, arrival, bytes }: ReadingTask,
  { pieces, see }: { readonly pieces: Pieces; readonly see: See },
) {
  const { lane, ports } = work;
  const { object, name } = arrival;
  const isPlain = name.compression === 'none' && !lane.delivery.security.encryption;
  const content = isPlain ? undefined : createHash('sha256');
  const opened = expanded(work, { object, size: bytes, compression: name.compression }, pieces);
  const text = seen(toUtf8(content ? hashing(opened, content) : opened, lane.dialect.encoding), see);
  const staged = !isPlain || needsStaging(lane.dialect, name.compression);
  const source = staged
    ? await ports.files.write('raw', stagedKey(lane, handoff.id), text, 'text/csv; charset=utf-8')
    : object;
  if (!staged) await drain(text);
  return { sha256: content?.digest('hex'), source };
}

/** The file's content; every byte of the object has been read when it ends. */
async function* expanded(
  work: Work,
  {
    object,
    size,
    compression,
  }: { readonly object: ObjectRef; readonly size: number; readonly compression: string },
  whole: Pieces,
): AsyncGenerator<Uint8Array> {
  if (compression === 'none') yield* whole;
  else if (compression === 'gzip') yield* gunzip(whole, new ExpansionGuard(size));
  else {
    await drain(whole);
    const read = (start: number, end: number) => work.ports.files.read(object, { start, end });
    yield* withHeartbeats(work, unzip({ size, read }));
  }
}

async function* seen(source: Pieces, see: See): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    see(piece);
    yield piece;
  }
}

async function drain(source: Pieces): Promise<void> {
  for await (const _ of source);
}
