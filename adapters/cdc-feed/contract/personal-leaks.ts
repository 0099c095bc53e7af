import type { EventContract } from '#shared/contract/define-event.ts';
import { type Field, Refusal } from '#shared/contract/field.ts';
import { isObject } from '#shared/contract/shape.ts';
import { type CapturedTable, isEvent } from './cdc-table.ts';
import { otherValues } from './personal-values.ts';

/** A property of an event that shows what a personal column holds, and is not tagged as personal. */
export interface Leak {
  readonly column: string;
  readonly event: EventContract;
  /** As `EventContract.pii` writes it. */
  readonly path: string;
}

export type CanonicalRow = Readonly<Record<string, unknown>>;

/**
 * Maps a row twice, with two values of one personal column: what differs shows the column, however it was rewritten. A row that the
 * mapping refuses tells nothing.
 */
export function personalLeaks(table: CapturedTable, row: CanonicalRow): readonly Leak[] {
  const before = mapped(table, row);
  const events = [table.events.created, table.events.updated].filter(isEvent);
  return personalColumns(table).flatMap(([column, read]) => {
    const paths = otherValues(read, row[column]).flatMap(value =>
      differingPaths(before, mapped(table, { ...row, [column]: value })),
    );
    return [...new Set(paths)].flatMap(path =>
      events.filter(({ pii }) => !isTagged(path, pii)).map(event => ({ column, event, path })),
    );
  });
}

export const personalColumns = ({ columns }: CapturedTable): readonly (readonly [string, Field])[] =>
  Object.entries(columns).flatMap(([name, { read }]) => (read.pii ? [[name, read] as const] : []));

/** Undefined where the mapping gives no data: it refuses the row, or fails on a value that no row has. */
function mapped({ map }: CapturedTable, row: CanonicalRow): unknown {
  try {
    // A mapping may change documents in place.
    const data = map(structuredClone(row));
    return data instanceof Refusal ? undefined : data;
  } catch {
    return undefined;
  }
}

function differingPaths(one: unknown, other: unknown, path = ''): readonly string[] {
  if (path === '' && (one === undefined || other === undefined)) return [];
  if (isObject(one) && isObject(other))
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap(name =>
      differingPaths(one[name], other[name], path === '' ? name : `${path}.${name}`),
    );
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((item, i) => differingPaths(item, other[i], `${path}[]`));
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [path];
}

/** Itself, or something that it is a part of. */
const isTagged = (path: string, tagged: readonly string[]): boolean =>
  tagged.some(each => path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[]`));
