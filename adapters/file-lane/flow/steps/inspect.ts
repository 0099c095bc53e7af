import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { ObjectGone } from '#shared/ports.ts';
import { sameDecimal } from '../../core/file/control-totals.ts';
import { checkDeclared } from '../../core/file/declared.ts';
import { FileFault } from '../../core/file/file-fault.ts';
import { FileScan, type Scanned } from '../../core/file/file-scan.ts';
import { parseTrailer, type TrailerClaims } from '../../core/file/trailer.ts';
import type { Inspection, NotBegunHandoff } from '../../core/outcome/handoff.ts';
import { hasFaultColumns } from '../../core/quarantine/fault-columns.ts';
import type { Arrival } from '../arrival.ts';
import { protectionFaults } from '../decryption.ts';
import { type Announced, readAnnouncement } from '../read-announcement.ts';
import { type Reading, readText } from '../read-text.ts';
import type { At, Stage } from '../stage.ts';
import type { Work } from '../work.ts';

type Inspected =
  | { readonly inspection: Inspection; readonly fault?: undefined }
  | { readonly fault: Fault; readonly inspection?: Inspection | undefined; readonly received: number };

/**
 * One streaming pass over the file: hashes, size, encoding, record boundaries, records received, and the chunks to work
 * on; then everything that was declared of it is compared with what was found. Nothing is published before.
 */
export async function inspect(work: Work, { handoff, arrival }: At<'opened'>): Promise<Stage> {
  const found = await look(work, handoff, arrival);
  if (!found.fault) return { at: 'inspected', handoff, inspection: found.inspection };
  const { inspection, ...ending } = found;
  return { at: 'ending', handoff: { ...handoff, inspection }, ending };
}

async function look(work: Work, handoff: NotBegunHandoff, arrival: Arrival): Promise<Inspected> {
  const scan = new FileScan(work.lane, work.bounds.chunkBytesMax);
  try {
    const info = await work.ports.files.head(arrival.object);
    if (!info) throw new ObjectGone();
    const early = tooSmallOrLarge(work, info.bytes);
    if (early) return { fault: early, received: 0 };
    const announced = await readAnnouncement(work, arrival);
    if (isFault(announced)) return { fault: announced, received: 0 };
    const reading = await readText(work, { handoff, arrival, bytes: info.bytes }, piece => scan.push(piece));
    return conclude(work, announced, reading, scan.end());
  } catch (error) {
    if (error instanceof FileFault)
      return { fault: error.fault, received: protectionFaults.includes(error.fault.code) ? 0 : scan.records };
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
    commentLines: scanned.commentLines,
    recordsSha256: scanned.recordsSha256,
    chunks: scanned.chunks,
    columns: Object.keys(work.lane.columns),
    columnsAt: scanned.columnsAt,
    width: scanned.width,
    ignoredColumns: scanned.ignored,
    declaredTotals: { ...announced.totals, ...(isFault(claims) ? {} : claims.totals) },
    declaredRecords: (isFault(claims) ? undefined : claims.records) ?? announced.records,
  };
  const refusal =
    scanned.fault ??
    misplaced(scanned) ??
    (isFault(claims)
      ? claims
      : (firstMismatch(inspection, [announced, claims]) ?? contradiction(announced, claims)));
  return refusal ? { fault: refusal, inspection, received: scanned.records } : { inspection };
}

/** The rows of its report would have these columns twice. */
const misplaced = ({ ignored }: Scanned): Fault | undefined =>
  hasFaultColumns(ignored)
    ? fault('CORRECTION_AS_NEW_FILE', {}, 'its header has the columns of a file of rejected rows')
    : undefined;

const noClaims: TrailerClaims = { totals: {} };

function trailerClaims({ lane }: Work, scanned: Scanned): TrailerClaims | Fault {
  const { trailer } = lane.dialect;
  if (!trailer || scanned.fault) return noClaims;
  return parseTrailer(scanned.trailer ?? '', trailer, lane);
}

/** Manifest and trailer must agree: only one of their totals could be compared with the rows. */
function contradiction(announced: Announced, trailer: TrailerClaims): Fault | undefined {
  for (const [column, total] of Object.entries(trailer.totals)) {
    const other = announced.totals[column];
    if (other === undefined || sameDecimal(other, total)) continue;
    const detail = `the manifest declares ${other}, the trailer ${total}`;
    return fault('CONTROL_TOTAL_MISMATCH', { column }, detail);
  }
  return undefined;
}

function firstMismatch(found: Inspection, declared: readonly Announced[]): Fault | undefined {
  for (const claims of declared) {
    const mismatch = checkDeclared(claims, found);
    if (mismatch) return mismatch;
  }
  return undefined;
}
