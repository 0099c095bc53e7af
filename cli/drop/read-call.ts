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
}

/** @throws Error that says how to call it, or that there is no such file. */
export function readCall(args: readonly string[]): DropCall {
  const options = { json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [laneId, file, name = file && basename(file)] = positionals;
  if (!laneId || !file || !name)
    throw new Error('usage: npm run drop -- <lane> <file> [<name to drop it under>] [--json]');
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no file ${file}.`);
  if (!found.isFile()) throw new Error(`${file} is not a file.`);
  return { laneId, file, name, json: values.json };
}
