import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { Files } from '#shared/ports.ts';
import { parseManifest } from '../core/file/manifest.ts';
import { parseSidecar } from '../core/file/sidecar.ts';
import type { Arrival } from './arrival.ts';
import type { Work } from './work.ts';

/** What a sidecar or manifest declares of its data file. */
export interface Announced {
  readonly bytes?: number | undefined;
  readonly records?: number | undefined;
  readonly sha256?: string | undefined;
  readonly totals: Readonly<Record<string, string>>;
}

/** Reads what announced the file, if anything did. */
export async function readAnnouncement(
  { lane, ports }: Work,
  { announcement, name }: Arrival,
): Promise<Announced | Fault> {
  if (!announcement) return { totals: {} };
  const text = await smallText(ports.files, announcement.object);
  if (typeof text !== 'string') return text;
  if (announcement.kind === 'manifest') return parseManifest(text, lane.controlTotals);
  const sidecar = parseSidecar(text, name.name);
  return isFault(sidecar) ? sidecar : { ...sidecar, totals: {} };
}

async function smallText(files: Files, object: ObjectRef): Promise<string | Fault> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of files.read(object)) {
    bytes += piece.length;
    if (bytes > limits.sidecarBytesMax)
      return fault('BROKEN_SIDECAR', {}, `it has more than ${limits.sidecarBytesMax} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
