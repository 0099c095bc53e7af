import { hash } from 'node:crypto';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { announcingName } from '#adapters/file-lane/core/file/name.ts';
import { freshKey } from '#adapters/file-lane/derive/fresh-keys.ts';
import type { SimulatedDrop } from '#adapters/file-lane/derive/lane-simulation.ts';
import { misnamed, simulatedName } from '#adapters/file-lane/derive/simulated-name.ts';
import type { LaneDescription } from '#local/cloud-description.ts';
import { Failure } from '../edge/failure.ts';
import { type LaneTable, writeTable } from './lane-table.ts';

/** What simulated files are made from. */
export interface FileMaker {
  readonly lane: FileLane;
  readonly place: LaneDescription;
  /** A good file. */
  readonly table: LaneTable;
  /** Hex that tells this repetition of a case from all others. */
  readonly token: string;
}

/** What is dropped, under which key. */
export interface PreparedDrop {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** The sidecar or manifest, where work begins with one. */
  readonly announcement?: { readonly key: string; readonly bytes: Uint8Array } | undefined;
}

export function prepareDrop({ file, change, isMisnamed }: SimulatedDrop, maker: FileMaker): PreparedDrop {
  const { lane, place, token } = maker;
  const number = (Number.parseInt(token.slice(0, 8), 16) % 400) * 3 + file;
  const name = isMisnamed ? misnamed(lane.delivery, number) : simulatedName(lane.delivery, number);
  const bytes = change === 'empty' ? new Uint8Array() : writeTable(lane, changed(change, maker, file));
  const { startsOn } = lane.delivery;
  return {
    ...{ key: place.inPrefix + name, bytes },
    announcement:
      startsOn === 'data'
        ? undefined
        : { key: place.inPrefix + announcingName(startsOn, name), bytes: announcing(startsOn, bytes) },
  };
}

/** The sample with keys of its own. */
function changed(
  change: SimulatedDrop['change'],
  { lane, table, token }: FileMaker,
  file: number,
): LaneTable {
  const fresh = withFreshKeys(lane, table, `${token.slice(0, 8)}${file}`);
  if (change === 'no-key') return withoutColumn(fresh, keyAt(lane, fresh, 0));
  const last = fresh.rows.length - 1;
  return change === 'cut'
    ? { ...fresh, rows: fresh.rows.map((cells, at) => (at === last ? cells.slice(0, 1) : cells)) }
    : fresh;
}

const withoutColumn = ({ header, rows, trailer }: LaneTable, at: number): LaneTable => {
  const without = (cells: readonly string[]) => cells.filter((_, i) => i !== at);
  return { header: header && without(header), rows: rows.map(without), trailer };
};

function withFreshKeys(lane: FileLane, table: LaneTable, token: string): LaneTable {
  for (const [n, column] of lane.key.entries()) {
    const fresh = freshKey(lane, column, token);
    const at = keyAt(lane, table, n);
    const cells = fresh && table.rows.map(row => fresh(row[at] ?? ''));
    if (!cells || cells.includes(undefined)) continue;
    return {
      ...table,
      rows: table.rows.map((row, r) => row.map((cell, i) => (i === at ? (cells[r] ?? cell) : cell))),
    };
  }
  throw new Failure(`The simulator cannot make up new values for the key of ${lane.id}.`, 2);
}

/** The first row of each key. */
export function withoutRepeatedKeys(lane: FileLane, table: LaneTable): LaneTable {
  const places = lane.key.map((_, n) => keyAt(lane, table, n));
  const keys = table.rows.map(row => JSON.stringify(places.map(at => row[at]?.trim())));
  return { ...table, rows: table.rows.filter((_, n) => keys.indexOf(keys[n] ?? '') === n) };
}

/** Where a column of the key is in the sample. */
function keyAt({ columns, key, id }: FileLane, { header }: LaneTable, n: number): number {
  const column = key[n] ?? '';
  const names = [column, ...(columns[column]?.aliases ?? [])];
  const headers = header?.map(name => name.trim());
  const at = headers ? headers.findIndex(name => names.includes(name)) : Object.keys(columns).indexOf(column);
  if (at >= 0) return at;
  throw new Failure(
    `The header of the sample of ${id} does not have ${column} as the contract writes it.`,
    2,
  );
}

/** As partners write them. */
function announcing(kind: 'sidecar' | 'manifest', bytes: Uint8Array): Uint8Array {
  const sha256 = hash('sha256', bytes);
  return Buffer.from(kind === 'sidecar' ? `${sha256}\n` : JSON.stringify({ sha256, bytes: bytes.length }));
}
