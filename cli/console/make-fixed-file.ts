import { Buffer } from 'node:buffer';
import { csvLine } from '#adapters/file-lane/core/csv/write.ts';
import { encodeText } from '#adapters/file-lane/core/quarantine/encode-text.ts';
import { harmlessCell } from '#adapters/file-lane/core/quarantine/harmless-cell.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { givenRows } from './given-rows.ts';
import { laneHere } from './lane-here.ts';
import type { FixedFile } from './sheet-info.ts';

/** Corrected rows as the lane takes them under `fixed/`: in the partner's dialect, each with the id of the row that it corrects. */
export async function makeFixedFile(_: ConsolePlace, call: Call): Promise<FixedFile> {
  const { integration, id, columns, rows } = givenRows(call);
  const { dialect } = await laneHere(integration);
  const encode = encodeText(dialect.encoding);
  const lines = [
    [...columns, 'fault_id'],
    ...rows.map(({ id: row, cells }) => [...cells.map(harmlessCell), row]),
  ];
  const bytes = Buffer.concat(lines.map(line => encode(csvLine(line, dialect))));
  return { name: `${id}.corrected.csv`, base64: bytes.toString('base64') };
}
