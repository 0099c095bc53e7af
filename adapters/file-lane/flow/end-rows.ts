import { type Fault, fault } from '#shared/contract/fault.ts';
import type { BusAnswer, BusEntry } from '#shared/core/batch/bus-entry.ts';
import { faultOfAnswer, isAccepted, type NotAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import type { BegunHandoff, Pass } from '../core/outcome/handoff.ts';
import type { Row } from '../core/row/make-row.ts';
import { type Claimed, type Claiming, decideDuplicates, freeClaim } from './row-duplicates.ts';
import { type Work, WorkStopped } from './work.ts';

export interface RowEnd {
  readonly row: Row;
  readonly outcome: Outcome;
  /** Why it was quarantined. */
  readonly faults: readonly Fault[];
}

const noFaults: readonly Fault[] = [];

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
  const end = (row: Row, outcome: Outcome, faults = noFaults) => ends.set(row, { row, outcome, faults });
  let open: Row[] = [];
  const repeats = new Set<Row>();
  for (const row of rows) {
    if (row.events.kind === 'faulty') end(row, 'quarantined', row.events.faults);
    else if (row.events.kind === 'skipped') end(row, 'skipped');
    else if (pass === 'check') end(row, 'rejected');
    else open.push(row);
  }
  const claims = claimsOf(work, handoff);
  for (const claiming of claims) {
    const decided = await decideDuplicates(claiming, open);
    for (const row of decided.duplicates) end(row, 'duplicate');
    for (const row of decided.conflicts) {
      // Another correction of the same row may still be accepted.
      if (claiming.by === 'key' && handoff.corrects)
        await freeClaim({ ...claiming, by: 'corrected row' }, row);
      end(row, 'quarantined', [conflictsAt[claiming.by](row)]);
    }
    for (const row of decided.repeats) repeats.add(row);
    open = [...decided.fresh, ...decided.repeats];
  }
  for (const rowEnd of await endByPublishing(work, claims, { open, repeats })) ends.set(rowEnd.row, rowEnd);
  return rows.map(row => {
    const rowEnd = ends.get(row);
    if (!rowEnd) throw new Error(`record ${row.at.record} has no outcome`);
    return rowEnd;
  });
}

/** What the rows of a pass that publishes are claimed by, one after the other. */
function claimsOf(work: Work, handoff: BegunHandoff): readonly Claiming[] {
  const claims: Claiming[] = [];
  if (handoff.corrects) claims.push({ work, handoff, by: 'corrected row' });
  if (work.lane.duplicates === 'row') claims.push({ work, handoff, by: 'key' });
  return claims;
}

/** `repeats` are among the open rows. They are published, but another row of the file counts as such. */
async function endByPublishing(
  work: Work,
  claims: readonly Claiming[],
  { open, repeats }: { readonly open: readonly Row[]; readonly repeats: ReadonlySet<Row> },
): Promise<RowEnd[]> {
  const ends: RowEnd[] = [];
  for (const { row, refusal } of await publishRows(work, open)) {
    if (refusal) for (const claiming of claims) await freeClaim(claiming, row);
    if (refusal) ends.push({ row, outcome: 'quarantined', faults: [refusal] });
    else ends.push({ row, outcome: repeats.has(row) ? 'duplicate' : 'published', faults: noFaults });
  }
  return ends;
}

const conflictsAt: Readonly<Record<Claimed, (row: Row) => Fault>> = {
  key: ({ at }) =>
    fault('DUPLICATE_CONFLICT', at, 'a row with this key and version was accepted before with other values'),
  'corrected row': ({ at }) =>
    fault('ROW_CORRECTED_BEFORE', at, 'the row was corrected and published before, with other values'),
};

async function publishRows({ ports }: Work, rows: readonly Row[]): Promise<{ row: Row; refusal?: Fault }[]> {
  const entries: BusEntry[] = [];
  for (const row of rows) for (const entry of entriesOf(row)) entries.push(entry);
  const answers = await publish(entries, ports);
  stopUnlessAnswered(answers);
  let next = 0;
  return rows.map(row => {
    const begin = next;
    next += entriesOf(row).length;
    const refused = firstRefused(answers, begin, next);
    return refused ? { row, refusal: faultOfAnswer(refused, row.at) } : { row };
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
