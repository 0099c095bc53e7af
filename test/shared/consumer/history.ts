import fc from 'fast-check';
import type { DebeziumSource } from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { Row } from '#adapters/cdc-feed/core/change/change.ts';
import type { SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import { changeIn } from '#test/cdc-feed/core/change/support.ts';

const source: DebeziumSource = {
  kind: 'debezium',
  connector: 'postgresql',
  entities: { 'public.members': { key: ['id'], columns: {} } },
};

export interface MemberEvent extends SequencedEvent {
  readonly state: Row | undefined;
}

/** A database with its log, and everything that is delivered of it. */
export interface History {
  readonly events: readonly MemberEvent[];
  /** The rows at the end, by id. */
  readonly final: ReadonlyMap<number, number>;
}

const record = (
  op: string,
  id: number,
  value: number | undefined,
  lsn: number,
  snapshot: string,
): object => ({
  before: op === 'd' ? { id } : null,
  after: value === undefined ? null : { id, value },
  source: {
    connector: 'postgresql',
    ts_ms: 1_700_000_000_000 + lsn,
    snapshot,
    schema: 'public',
    table: 'members',
    lsn,
  },
  op,
  ts_ms: 1_700_000_000_000 + lsn,
});

function eventOf(change: object): MemberEvent {
  const { key, after, position, op } = changeIn(source, change);
  return {
    id: `${op}-${String(key.id)}-${position}`,
    tenantid: 't',
    aggregatetype: 'member',
    aggregateid: String(key.id),
    sequence: position,
    state: after,
  };
}

/** What happens: a write, a delete, or an incremental snapshot that reads all rows as they are then. */
type Step =
  | { readonly kind: 'write'; readonly id: number; readonly value: number }
  | { readonly kind: 'delete'; readonly id: number }
  | { readonly kind: 'snapshot' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('write' as const), id: fc.nat(4), value: fc.nat(99) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), id: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('snapshot' as const) }) },
);

function play(initial: ReadonlyMap<number, number>, steps: readonly Step[]): History {
  const rows = new Map(initial);
  const log: object[] = reads(rows, 1, 'true');
  steps.forEach((next, at) => {
    const lsn = 10 + at;
    if (next.kind === 'snapshot') log.push(...reads(rows, lsn, 'incremental'));
    else if (next.kind === 'delete')
      log.push(...(rows.delete(next.id) ? [record('d', next.id, undefined, lsn, 'false')] : []));
    else {
      log.push(record(rows.has(next.id) ? 'u' : 'c', next.id, next.value, lsn, 'false'));
      rows.set(next.id, next.value);
    }
  });
  return { events: log.map(eventOf), final: rows };
}

const reads = (rows: ReadonlyMap<number, number>, lsn: number, snapshot: string): object[] =>
  [...rows].map(([id, value]) => record('r', id, value, lsn, snapshot));

/** A table with rows, then up to 40 steps, all through the real decoder. */
export const anyHistory: fc.Arbitrary<History> = fc
  .tuple(fc.dictionary(fc.constantFrom('0', '1', '2', '3'), fc.nat(99)), fc.array(step, { maxLength: 40 }))
  .map(([initial, steps]) =>
    play(new Map(Object.entries(initial).map(([id, value]) => [Number(id), value])), steps),
  );

/** All events at least once, some more often, in any order. */
export const anyDelivery = (events: readonly MemberEvent[]): fc.Arbitrary<readonly MemberEvent[]> =>
  fc
    .subarray([...events])
    .chain(again => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }));
