import { Buffer } from 'node:buffer';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { restoredCell } from '#adapters/file-lane/core/quarantine/harmless-cell.ts';
import { type Row, rowMaker } from '#adapters/file-lane/core/row/make-row.ts';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { givenRows } from './given-rows.ts';
import { laneHere } from './lane-here.ts';
import type { CheckedRow, GivenRows } from './sheet-info.ts';

/** What the contract in this folder says of corrected rows. Nothing is published, and no book is read. */
export async function checkRows(
  _: ConsolePlace,
  call: Call,
): Promise<{ readonly rows: readonly CheckedRow[] }> {
  const given = givenRows(call);
  return { rows: checked(await laneHere(given.integration), given) };
}

/** By the code that the lane runs. */
export function checked(lane: FileLane, { id: correlationId, columns, rows }: GivenRows): CheckedRow[] {
  const missing = Object.keys(lane.columns).filter(column => !columns.includes(column));
  if (missing.length > 0)
    throw new Failure(`The sheet lacks columns of the contract: ${missing.join(', ')}.`, 2);
  const columnsAt = Object.keys(lane.columns).map(column => columns.indexOf(column));
  const make = rowMaker(lane, originOf(lane, correlationId), { columnsAt });
  return rows.map(({ id, cells }, n) => {
    const fields = cells.map(restoredCell);
    const raw = Buffer.from(fields.join(lane.dialect.delimiter));
    const at = { line: n + 2, record: n + 1, byteOffset: 0 };
    return { id, ...endOf(make(fields, raw, raw.length, at)) };
  });
}

function endOf({ events }: Row): Omit<CheckedRow, 'id'> {
  switch (events.kind) {
    case 'events':
      return { events: events.entries.length, faults: [] };
    case 'skipped':
      return { events: 0, skipped: events.reason, faults: [] };
    case 'faulty':
      return {
        events: 0,
        faults: events.faults.map(({ code, at, detail, remedy }) => ({
          column: at.column,
          code,
          detail,
          remedy,
        })),
      };
  }
}

/** No event leaves this machine, so that ids, traces and times may be any. */
const originOf = (contract: FileLane, correlationId: string) => ({
  ...{ contract, correlationId, causationId: correlationId, processKey: `${contract.id}/checked` },
  traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01`,
  ingestedAt: '2026-01-01T00:00:00.000Z',
  arrivedAt: '2026-01-01T00:00:00.000Z',
  ...{ identity: 'checked', fileName: 'checked', rawUri: 's3://checked', corrects: true, sequencer: '00' },
});
