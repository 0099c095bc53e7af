import { createHash } from 'node:crypto';
import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { integrationOf } from '#shared/core/identity/event-id.ts';
import { ObjectGone } from '#shared/ports.ts';
import { usesPgp } from '../../contract/file-security.ts';
import { correctedFile } from '../../core/correction/corrected-file.ts';
import { type FixedTable, fixedTable } from '../../core/correction/fixed-table.ts';
import { matchRow } from '../../core/correction/match-row.ts';
import { type NamedRow, rowNamedBy } from '../../core/correction/row-id.ts';
import { stagedLane } from '../../core/correction/staged-row.ts';
import { resolveHeader } from '../../core/csv/header.ts';
import { FileFault } from '../../core/file/file-fault.ts';
import { hashing } from '../../core/file/hash.ts';
import type { CorrectedFile, Inspection, NotBegunHandoff } from '../../core/outcome/handoff.ts';
import { columnNamesOf } from '../../core/quarantine/rejected-rows-csv.ts';
import type { Arrival } from '../arrival.ts';
import { beginCorrections } from '../begin-corrections.ts';
import { readToTrust, requireDecryption } from '../decryption.ts';
import { rejectedRowsOf } from '../rejected-rows-of.ts';
import { sourceColumns } from '../source-columns.ts';
import type { At, Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/**
 * A file of corrected rows: finds the rejected row that each of its rows corrects, and what a spreadsheet changed on the way. The
 * file is small enough to be held in memory.
 */
export async function matchFixed(work: Work, { handoff, arrival }: At<'fixed'>): Promise<Stage> {
  const refused = (refusal: Fault, received = 0): Stage => ({
    at: 'ending',
    handoff,
    ending: { fault: refusal, received },
  });
  try {
    const read = await readFixed(work, arrival);
    if (isFault(read)) return refused(read);
    const table = fixedTable(read.content, work.lane.dialect);
    if (isFault(table)) return refused(table);
    const corrected = await findCorrected(work, table);
    if (isFault(corrected)) return refused(corrected, table.rows.length);
    return await correct(work, handoff, { table, ...read, ...corrected });
  } catch (error) {
    if (error instanceof FileFault) return refused(error.fault);
    if (error instanceof ObjectGone)
      return refused(
        fault('OBJECT_GONE', {}, 'the object, or the file that it corrects, was not there any more'),
      );
    throw error;
  }
}

/** A file of corrected rows in memory. */
interface FixedFile {
  /** As it was dropped. */
  readonly bytes: number;
  readonly sha256: string;
  /** Decrypted. */
  readonly content: Uint8Array;
}

async function readFixed(work: Work, arrival: Arrival): Promise<FixedFile | Fault> {
  const { object } = arrival;
  const { lane, ports, decryptAndVerify } = work;
  const info = await ports.files.head(object);
  if (!info) throw new ObjectGone();
  if (info.bytes === 0) return fault('EMPTY_FILE', {}, 'the file has 0 bytes');
  const max = limits.fixedFileBytesMax;
  if (info.bytes > max)
    return fault(
      'FILE_TOO_LARGE',
      {},
      `the file has ${info.bytes} bytes; at most ${max} are allowed under fixed/`,
    );
  requireDecryption(lane, decryptAndVerify);
  const raw = createHash('sha256');
  const whole = hashing(ports.files.read(object), raw);
  const content =
    decryptAndVerify && usesPgp(lane.delivery.security)
      ? await readToTrust(decryptAndVerify(work, arrival, whole, info.bytes), joined)
      : await joined(whole);
  return { bytes: info.bytes, sha256: raw.digest('hex'), content };
}

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > limits.fixedFileBytesMax)
      throw new FileFault(
        fault('FILE_TOO_LARGE', {}, `the file has more than ${limits.fixedFileBytesMax} bytes`),
      );
    all.push(piece);
  }
  return Buffer.concat(all);
}

/** The file that the rows first came in. */
interface Corrected {
  readonly corrects: CorrectedFile;
  readonly inspection: Inspection;
}

/** All rows correct one file: that of the first row which names one. */
async function findCorrected({ lane, ports }: Work, table: FixedTable): Promise<Corrected | Fault> {
  const first = namedRows(table)[0];
  if (!first) return nothing('no row has a fault_id as the .rejected.csv had it');
  const handoff =
    integrationOf(first.handoffId) === lane.id ? await ports.ledger.find(first.handoffId) : undefined;
  if (!handoff) return nothing('its fault_id names a file that is not known, or not any more');
  const corrects = handoff.corrects ? undefined : correctedFile(lane, handoff);
  if (!corrects || !handoff.inspection)
    return nothing('its fault_id names a file that was rejected as a whole or is still in work');
  return { corrects, inspection: handoff.inspection };
}

const nothing = (detail: string): Fault => fault('NOTHING_TO_CORRECT', {}, detail);

function namedRows({ columns, rows }: FixedTable): readonly NamedRow[] {
  const at = columns.indexOf('fault_id');
  return rows.flatMap(({ cells }) => (isFault(cells) ? [] : (rowNamedBy(cells[at] ?? '') ?? [])));
}

interface Matching extends Corrected, Pick<FixedFile, 'bytes' | 'sha256'> {
  readonly table: FixedTable;
}

async function correct(
  work: Work,
  handoff: NotBegunHandoff,
  { table, corrects, inspection, bytes, sha256 }: Matching,
): Promise<Stage> {
  const refused = (refusal: Fault): Stage => ({
    at: 'ending',
    handoff,
    ending: { fault: refusal, received: table.rows.length },
  });
  const { lane } = work;
  const columns = await sourceColumns(work, inspection);
  if (isFault(columns)) return refused(columns);
  const header = resolveHeader(table.columns, stagedLane(lane));
  if (isFault(header)) return refused(header);
  const given = columnNamesOf(lane, { ...header, ignoredColumns: header.ignored });
  const { handoffId } = corrects;
  const named = namedRows(table).filter(row => row.handoffId === handoffId);
  const records = new Set(named.map(({ record }) => record));
  const rejected = await rejectedRowsOf(work, { handoffId, width: columns.length, records });
  const rows = table.rows.map(row => matchRow(row, { columns, given, handoffId, rejected }));
  return beginCorrections(work, { handoff, corrects, columns, rows, bytes, sha256 });
}
