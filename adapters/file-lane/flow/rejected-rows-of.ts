import type { RejectedRow } from '../core/correction/match-row.ts';
import { linesOf } from '../core/quarantine/lines-of.ts';
import type { QuarantinedRow } from '../core/quarantine/quarantine-line.ts';
import { fieldReader } from '../core/quarantine/rejected-rows-csv.ts';
import { reportKey } from './places.ts';
import { withHeartbeats } from './with-heartbeats.ts';
import type { Work } from './work.ts';

/** Which quarantined rows, of what width. */
interface Wanted {
  readonly handoffId: string;
  readonly width: number;
  readonly records: ReadonlySet<number>;
}

/** The quarantined rows of these records. Only the asked ones are held, so the report may have any length. */
export async function rejectedRowsOf(
  work: Work,
  { handoffId, width, records }: Wanted,
): Promise<ReadonlyMap<number, RejectedRow>> {
  const { lane, ports } = work;
  const found = new Map<number, RejectedRow>();
  const fieldsOf = fieldReader(lane.dialect);
  const report = { bucket: 'quarantine', key: reportKey(lane, handoffId, 'jsonl') } as const;
  for await (const line of linesOf(withHeartbeats(work, ports.files.read(report)))) {
    if (!records.has(Number(recordIn.exec(line)?.[1]))) continue;
    const row = JSON.parse(line) as QuarantinedRow;
    const cells = fieldsOf(row);
    found.set(row.record, { row, cells: cells?.length === width ? cells : undefined });
    if (found.size === records.size) break;
  }
  return found;
}

/** Each line begins with the row's place. */
const recordIn = /"record":(\d+)/;
