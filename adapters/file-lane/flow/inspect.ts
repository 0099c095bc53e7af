import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { ObjectGone } from '#shared/ports.ts';
import { sameDecimal } from '../core/file/control-totals.ts';
import { checkDeclared } from '../core/file/declared.ts';
import { FileFault } from '../core/file/file-fault.ts';
import { FileScan, type Scanned } from '../core/file/file-scan.ts';
import { parseTrailer, type TrailerClaims } from '../core/file/trailer.ts';
import type { Handoff, Inspection } from '../core/outcome/handoff.ts';
import type { Arrival } from './arrival.ts';
import { type Announced, readAnnouncement } from './read-announcement.ts';
import { type Reading, readText } from './read-text.ts';
import { sealFaults } from './unseal.ts';
import type { Work } from './work.ts';

export type Inspected =
  | { readonly inspection: Inspection; readonly fault?: undefined }
  | { readonly fault: Fault; readonly inspection?: Inspection | undefined; readonly received: number };

/**
 * One streaming pass over the file: hashes, size, encoding, record boundaries, records received, and the chunks to work
 * on; then everything that was declared of it is held against what was found. Nothing is published before.
 */
export async function inspect(work: Work, handoff: Handoff, arrival: Arrival): Promise<Inspected> {
  const scan = new FileScan(work.lane, work.bounds.chunkBytesMax);
  try {
    const info = await work.ports.files.head(arrival.object);
    if (!info) throw new ObjectGone();
    const early = tooSmallOrLarge(work, info.bytes);
    if (early) return { fault: early, received: 0 };
    const announced = await readAnnouncement(work, arrival);
    if (isFault(announced)) return { fault: announced, received: 0 };
    const reading = await readText(work, handoff, arrival, info.bytes, bytes => scan.push(bytes));
    return conclude(work, announced, reading, scan.end());
  } catch (error) {
    if (error instanceof FileFault)
      return { fault: error.fault, received: sealFaults.includes(error.fault.code) ? 0 : scan.records };
    if (error instanceof ObjectGone)
      return { fault: fault('OBJECT_GONE', {}, 'the object was not there any more'), received: 0 };
    throw error;
  }
}

function tooSmallOrLarge({ lane }: Work, bytes: number): Fault | undefined {
  if (bytes === 0) return fault('EMPTY_FILE', {}, 'the file has 0 bytes');
  const bytesMax = lane.delivery.security.encryption ? limits.encryptedBytesMax : limits.fileBytesMax;
  if (bytes > bytesMax)
    return fault('FILE_TOO_LARGE', {}, `the file has ${bytes} bytes; at most ${bytesMax} are allowed`);
  return undefined;
}

function conclude(work: Work, announced: Announced, reading: Reading, scanned: Scanned): Inspected {
  const claims = trailerClaims(work, scanned);
  const inspection: Inspection = {
    ...reading,
    records: scanned.records,
    chunks: scanned.chunks,
    columnsAt: scanned.columnsAt,
    width: scanned.width,
    ignoredColumns: scanned.ignored,
    declaredTotals: { ...announced.totals, ...(isFault(claims) ? {} : claims.totals) },
  };
  const refusal =
    scanned.fault ??
    (isFault(claims)
      ? claims
      : (firstMismatch(inspection, [announced, claims]) ?? contradiction(announced, claims)));
  return refusal ? { fault: refusal, inspection, received: scanned.records } : { inspection };
}

const noClaims: TrailerClaims = { totals: {} };

function trailerClaims({ lane }: Work, scanned: Scanned): TrailerClaims | Fault {
  const { trailer } = lane.dialect;
  if (!trailer || scanned.fault) return noClaims;
  return parseTrailer(scanned.trailer ?? '', trailer, lane.dialect, lane.columns);
}

/** Manifest and trailer must agree: only one of their totals could be held against the rows. */
function contradiction(announced: Announced, trailer: TrailerClaims): Fault | undefined {
  const column = Object.keys(trailer.totals).find(
    name =>
      announced.totals[name] !== undefined && !sameDecimal(announced.totals[name], trailer.totals[name]!),
  );
  if (column === undefined) return undefined;
  return fault(
    'CONTROL_TOTAL_MISMATCH',
    { column },
    `the manifest declares ${announced.totals[column]}, the trailer ${trailer.totals[column]}`,
  );
}

function firstMismatch(found: Inspection, declared: readonly Announced[]): Fault | undefined {
  for (const claims of declared) {
    const mismatch = checkDeclared(claims, found);
    if (mismatch) return mismatch;
  }
  return undefined;
}
