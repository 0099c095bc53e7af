import { Buffer } from 'node:buffer';
import * as z from 'zod';
import { fixedTable } from '#adapters/file-lane/core/correction/fixed-table.ts';
import { isFault } from '#shared/contract/fault.ts';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { inputOf } from './input-of.ts';
import { laneHere } from './lane-here.ts';
import type { FixedRows } from './sheet-info.ts';

const shape = z.strictObject({
  integration: z.string(),
  columns: z.array(z.string()).max(1_000),
  base64: z.base64(),
});

/** Corrected rows of a file, as a spreadsheet wrote it, in the columns of the sheet. A column that the file lacks is left as it is. */
export async function readFixedFile(_: ConsolePlace, call: Call): Promise<FixedRows> {
  const { integration, columns, base64 } = inputOf(shape, call, 'The file cannot be read');
  const { dialect } = await laneHere(integration);
  const table = fixedTable(Buffer.from(base64, 'base64'), dialect);
  if (isFault(table)) throw new Failure(`${table.detail}. ${table.remedy}`, 2);
  const idAt = table.columns.indexOf('fault_id');
  return {
    rows: table.rows.flatMap(({ cells }) =>
      isFault(cells)
        ? []
        : [
            {
              id: cells[idAt]?.trim() ?? '',
              cells: columns.map(name => cells[table.columns.indexOf(name)] ?? null),
            },
          ],
    ),
    unread: table.rows.filter(({ cells }) => isFault(cells)).map(({ line }) => line),
  };
}
