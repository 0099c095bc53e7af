import { type Fault, fault } from '#shared/contract/fault.ts';
import type { BusAnswer, BusEntry } from '#shared/core/batch/bus-entry.ts';
import { faultOfAnswer, isAccepted, type NotAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import type { BegunHandoff, Pass } from '../core/outcome/handoff.ts';
import type { Row } from '../core/row/make-row.ts';
import { decideDuplicates, freeClaim } from './row-duplicates.ts';
import { type Work, WorkStopped } from './work.ts';

export interface RowEnd {
  readonly row: Row;
  readonly outcome: Outcome;
  /** Why it was quarantined. */
  readonly faults: readonly Fault[];
  /** Ids of its events that the bus accepted, where no other row of the file has them. */
  readonly published: readonly string[];
}

const noFaults: readonly Fault[] = [];
const noIds: readonly string[] = [];

/**
 * Gives each row exactly one outcome, in order. In the check pass nothing is published and good rows count as
 * `rejected`: that tally is settled only when the file is rejected whole.
 * @throws WorkStopped when the bus is out of reach or refuses us; the rows keep no outcome then.
 */
export async function endRows(
  work: Work,
  handoff: BegunHandoff,
  pass: Pass,
  rows: readonly Row[],
): Promise<RowEnd[]> {
  const ends = new Map<Row, RowEnd>();
  const end = (row: Row, outcome: Outcome, faults = noFaults) =>
    ends.set(row, { row, outcome, faults, published: noIds });
  let open: Row[] = [];
  let repeats: ReadonlySet<Row> = new Set();
  for (const row of rows) {
    if (row.events.kind === 'faulty') end(row, 'quarantined', row.events.faults);
    else if (row.events.kind === 'skipped') end(row, 'skipped');
    else if (pass === 'check') end(row, 'rejected');
    else open.push(row);
  }
  if (work.lane.duplicates === 'row') {
    const decided = await decideDuplicates(work, handoff, open);
    for (const row of decided.duplicates) end(row, 'duplicate');
    for (const row of decided.conflicts) end(row, 'quarantined', [conflictAt(row)]);
    repeats = new Set(decided.repeats);
    open = [...decided.fresh, ...repeats];
  }
  for (const rowEnd of await endByPublishing(work, handoff, { open, repeats })) ends.set(rowEnd.row, rowEnd);
  return rows.map(row => {
    const rowEnd = ends.get(row);
    if (!rowEnd) throw new Error(`record ${row.at.record} has no outcome`);
    return rowEnd;
  });
}

/** `repeats` are among the open rows. They are published, but another row of the file counts as such. */
async function endByPublishing(
  work: Work,
  handoff: BegunHandoff,
  { open, repeats }: { readonly open: readonly Row[]; readonly repeats: ReadonlySet<Row> },
): Promise<RowEnd[]> {
  const ends: RowEnd[] = [];
  for (const { row, refusal, accepted } of await publishRows(work, open)) {
    if (refusal) await freeClaim(work, handoff, row);
    const published = repeats.has(row) ? noIds : accepted;
    if (refusal) ends.push({ row, outcome: 'quarantined', faults: [refusal], published });
    else
      ends.push({ row, outcome: repeats.has(row) ? 'duplicate' : 'published', faults: noFaults, published });
  }
  return ends;
}

const conflictAt = (row: Row): Fault =>
  fault(
    'DUPLICATE_CONFLICT',
    row.at,
    'a row with this key and version was accepted before with other values',
  );

interface PublishedRow {
  readonly row: Row;
  readonly refusal?: Fault;
  /** Ids of the events that the bus took. */
  readonly accepted: readonly string[];
}

async function publishRows({ ports }: Work, rows: readonly Row[]): Promise<PublishedRow[]> {
  const entries: BusEntry[] = [];
  for (const row of rows) for (const entry of entriesOf(row)) entries.push(entry);
  const answers = await publish(entries, ports);
  stopUnlessAnswered(answers);
  let next = 0;
  return rows.map(row => {
    const begin = next;
    const own = entriesOf(row);
    next += own.length;
    const refused = firstRefused(answers, begin, next);
    if (!refused) return { row, accepted: own.map(({ id }) => id) };
    const accepted = own.flatMap(({ id }, i) => (answers[begin + i]?.kind === 'accepted' ? [id] : []));
    return { row, refusal: faultOfAnswer(refused, row.at), accepted };
  });
}

const none: readonly BusEntry[] = [];

const entriesOf = ({ events }: Row): readonly BusEntry[] =>
  events.kind === 'events' ? events.entries : none;

function firstRefused(answers: readonly BusAnswer[], begin: number, end: number): NotAccepted | undefined {
  for (let i = begin; i < end; i++) {
    const answer = answers[i];
    if (answer && !isAccepted(answer)) return answer;
  }
  return undefined;
}

function stopUnlessAnswered(answers: readonly BusAnswer[]): void {
  for (const answer of answers)
    if (!isAccepted(answer) && answer.kind !== 'refused') throw new WorkStopped(faultOfAnswer(answer));
}
