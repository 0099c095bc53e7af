import { type Fault, fault } from '#shared/contract/fault.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import type { CdcSource, ColumnType } from '../../contract/cdc-source.ts';
import type { CapturedTable } from '../../contract/cdc-table.ts';
import type { Change, Value } from '../change/change.ts';

/** How a table differs from what the contract says of it. */
export interface Drift {
  readonly entity: string;
  /** Of a document: one sentence, without their names. */
  readonly unknown: readonly string[];
  readonly vanished: readonly string[];
  /** Columns whose values are no longer of the declared type. */
  readonly changed: readonly string[];
  /** The same for the same difference from the same contract. */
  readonly fingerprint: string;
}

export type DriftFinder = (change: Change) => Drift | undefined;

/** Attributes of a document may be data, such as a map by e-mail address: their names are not reported. */
export const holdsDocuments = (source: CdcSource): boolean =>
  source.kind === 'dynamodb' || (source.kind === 'debezium' && source.connector === 'mongodb');

/** Compares the columns of a table's rows with those declared. A row that is gone says nothing of its table. */
export function driftFinder(
  entity: string,
  table: CapturedTable,
  { documents }: { readonly documents: boolean },
): DriftFinder {
  const declared = Object.entries(table.columns).map(([name, { type }]) => [name, type] as const);
  const known = new Set([...Object.keys(table.columns), ...table.ignore]);
  return ({ after, unavailable }) => {
    if (!after) return undefined;
    const unknown = reportedNames(
      Object.keys(after).filter(name => !known.has(name)),
      documents,
    );
    const vanished: string[] = [];
    const changed: string[] = [];
    for (const [name, type] of declared) {
      if (!Object.hasOwn(after, name)) {
        if (!unavailable.includes(name)) vanished.push(name);
      } else if (!fits(type, after[name] ?? null)) changed.push(name);
    }
    if (unknown.length + vanished.length + changed.length === 0) return undefined;
    return driftOf(entity, table, { unknown, vanished, changed });
  };
}

const reportedNames = (names: readonly string[], documents: boolean): readonly string[] =>
  documents && names.length > 0
    ? ['attributes whose names are not shown: the first record that has them is kept']
    : names;

type Columns = Pick<Drift, 'unknown' | 'vanished' | 'changed'>;

function driftOf(entity: string, table: CapturedTable, columns: Columns): Drift {
  const unknown = columns.unknown.toSorted();
  const contract = Object.entries(table.columns).map(([name, { type }]) => `${name} ${JSON.stringify(type)}`);
  const parts = [contract, table.ignore, unknown, columns.vanished, columns.changed].map(part =>
    idOf(...part),
  );
  return { ...columns, entity, unknown, fingerprint: idOf(entity, ...parts).slice(0, 40) };
}

export function driftFault({ entity, unknown, vanished, changed }: Drift): Fault {
  const found = [
    ['unknown', unknown],
    ['vanished', vanished],
    ['of another type', changed],
  ] as const;
  const words = found
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => `${what}: ${names.join(', ')}`);
  return fault('SCHEMA_DRIFT', {}, `${entity} has columns ${words.join('; ')}`);
}

const written: Partial<Record<ColumnType['kind'], RegExp>> = {
  integer: /^-?\d+$/,
  decimal: /^-?(?:\d+(?:\.\d+)?|Infinity)$|^NaN$/,
  float: /^-?(?:\d+(?:\.\d+)?|Infinity)$|^NaN$/,
  date: /^[+-]?\d{4,6}-\d\d-\d\d(?: BC)?$|infinity$/,
  timestamp: /T.*Z$|infinity$/,
  time: /^-?\d{2,3}:\d\d:\d\d/,
};

/** Whether a value has the form that values of the type have; see `Value`. */
function fits(type: ColumnType, value: Value): boolean {
  if (value === null || type.kind === 'json') return true;
  if (type.kind === 'boolean') return typeof value === 'boolean';
  if (type.kind === 'array') return Array.isArray(value) && value.every(item => fits(type.of, item));
  if (type.kind === 'integer' && typeof value === 'number') return true;
  if (typeof value !== 'string') return false;
  return written[type.kind]?.test(value) ?? true;
}

/** Columns of a row that a fault lies in, as drift: their values cannot be read as declared. */
export const unreadableColumn = (entity: string, table: CapturedTable, column: string): Drift =>
  driftOf(entity, table, { unknown: [], vanished: [], changed: [column] });
