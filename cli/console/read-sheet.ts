import * as z from 'zod';
import { fixedTable } from '#adapters/file-lane/core/correction/fixed-table.ts';
import { isFaultColumn } from '#adapters/file-lane/core/quarantine/fault-columns.ts';
import { type Fault, isFault } from '#shared/contract/fault.ts';
import { readWhole } from '../edge/content.ts';
import { Failure } from '../edge/failure.ts';
import { OperatorApi } from '../edge/operator-api.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { inputOf } from './input-of.ts';
import { laneHere } from './lane-here.ts';
import type { SheetInfo, SheetRow } from './sheet-info.ts';

const shape = z.strictObject({ integration: z.string(), id: z.string() });

/** The rejected rows of a file, as its partner got them. The API records who reads them. */
export async function readSheet(place: ConsolePlace, call: Call): Promise<SheetInfo> {
  const { integration, id } = inputOf(shape, call, 'The sheet cannot be read');
  const lane = await laneHere(integration);
  const api = new OperatorApi(place.api(call.as));
  const [story, bytes] = await Promise.all([
    api.ask('readHandoff', { id }),
    readWhole(api, { of: 'rows', integration, id }),
  ]);
  const table = fixedTable(bytes, lane.dialect);
  if (isFault(table)) throw new Failure(`The report cannot be read as a table: ${table.detail}`, 3);
  const at = (name: string) => table.columns.indexOf(name);
  const own = table.columns.flatMap((name, n) => (isFaultColumn(name) ? [] : [{ name, n }]));
  const rows = table.rows.map(({ cells, raw, line }): SheetRow => {
    if (isFault(cells)) return { id: '', line: String(line), cells: [], raw, column: '', ...worded(cells) };
    const cell = (name: string) => cells[at(name)] ?? '';
    const whole = cell('fault_row');
    return {
      ...{ id: cell('fault_id'), line: cell('fault_line'), raw: whole },
      cells: whole === '' ? own.map(({ n }) => cells[n] ?? '') : [],
      ...{ column: cell('fault_column'), code: cell('fault_code') },
      ...{ problem: cell('fault_problem'), remedy: cell('fault_remedy') },
    };
  });
  return { file: story.file, columns: own.map(({ name }) => name), rows };
}

const worded = ({ code, detail: problem, remedy }: Fault) => ({ code, problem, remedy });
