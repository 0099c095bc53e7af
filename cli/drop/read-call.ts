import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm run drop` is asked for. */
export interface DropCall {
  readonly laneId: string;
  readonly file: string;
  /** The name to drop it under. */
  readonly name: string;
  /** Whether to print all there is, as JSON. */
  readonly json: boolean;
  /** Whether the file holds corrected rows. */
  readonly fixed: boolean;
}

const usage = `usage: npm run drop -- <lane> <file> [<name to drop it under>] [--fixed] [--json]
Drops a file into a lane of the running local cloud and shows what became of it. It ends with 1 when the file is rejected.
--fixed: the file is a .rejected.csv whose rows are corrected. It is dropped under fixed/.
For example: npm run drop -- acme-orders docs/guides/my-orders.csv orders_20261201.csv
             npm run drop -- acme-orders orders_20261201.csv.rejected.csv --fixed`;

/** @throws Error that says how to call it, or that there is no such file. */
export function readCall(args: readonly string[]): DropCall {
  const flag = { type: 'boolean', default: false } as const;
  const options = { json: flag, fixed: flag };
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [laneId, file, name = file && basename(file)] = positionals;
  if (!laneId || !file || !name) throw new Error(usage);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no file ${file}.`);
  if (!found.isFile()) throw new Error(`${file} is not a file.`);
  return { laneId, file, name, json: values.json, fixed: values.fixed };
}
