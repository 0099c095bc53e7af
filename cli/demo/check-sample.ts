import { isDeepStrictEqual } from 'node:util';
import type { EventLine, HandoffLine } from './cloud.ts';
import type { ExpectedOutcome } from './file-sample-shape.ts';
import type { ExpectedEvent } from './sample-shapes.ts';

/** How a file's outcome differs from what its sample says; empty when it does not. */
export function outcomeDifferences(
  expected: ExpectedOutcome,
  handoff: HandoffLine,
  ack: Readonly<Record<string, unknown>>,
): string[] {
  const { rejectedRows } = ack as {
    rejectedRows: { first: { line: number; column: string | null; code: string }[] } | null;
  };
  const rows = (rejectedRows?.first ?? []).map(({ line, column, code }) => ({
    line,
    ...(column ? { column } : {}),
    code,
  }));
  return [
    ...differs('state', expected.state, handoff.state),
    ...differs('tally', expected.tally, handoff.tally),
    ...differs('fault', expected.fault ?? null, handoff.fault?.code ?? null),
    ...differs('acknowledged counts', expected.tally, ack.counts),
    ...differs('rejected rows', expected.rows ?? [], rows),
  ];
}

/** How the events of a sample's hand-offs differ from those expected; order does not matter, number does. */
export function eventDifferences(
  sample: { readonly events: readonly ExpectedEvent[] },
  events: readonly EventLine[],
  handoffIds: ReadonlySet<string>,
): string[] {
  const found = events
    .filter(({ source, detail }) => source !== 'edge' && handoffIds.has(String(detail.correlationid)))
    .map(({ detail: { type, subject, data } }) => ({ type, subject, data }) as ExpectedEvent);
  return differs('events', sorted(sample.events), sorted(found));
}

const sorted = (events: readonly ExpectedEvent[]): ExpectedEvent[] =>
  [...events].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function differs(what: string, expected: unknown, found: unknown): string[] {
  if (isDeepStrictEqual(toPlain(expected), toPlain(found))) return [];
  return [`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];
}

const toPlain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
