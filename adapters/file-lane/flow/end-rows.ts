import { type Fault, fault } from '#shared/contract/fault.ts';
import type { BusAnswer, BusEvent } from '#shared/core/batch/bus-entry.ts';
import { faultOfAnswer, isAccepted, type NotAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import type { BegunHandoff, Pass } from '../core/outcome/handoff.ts';
import type { Row } from '../core/row/make-row.ts';
import {
  type Claimed,
  type Claiming,
  claimsOf,
  correctedMeanwhile,
  decideDuplicates,
  freeClaim,
} from './row-duplicates.ts';
import { type Work, WorkStopped } from './work.ts';

export interface RowEnd {
  readonly row: Row;
  readonly outcome: Outcome;
  /** Why it was quarantined. */
  readonly faults: readonly Fault[];
  /** Its events that the bus accepted, where no other row of the file has them. */
  readonly published: readonly BusEvent[];
}

const noFaults: readonly Fault[] = [];
const none: readonly BusEvent[] = [];

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
  const keep = (end: RowEnd) => ends.set(end.row, end);
  for (const row of rows) {
    const unpublished = endOf(row, pass);
    if (unpublished) keep(unpublished);
  }
  if (handoff.reprocesses)
    for (const row of await correctedMeanwhile({ work, handoff, by: 'corrected row' }, rows))
      keep(ended(row, 'duplicate'));
  const claims = claimsOf(work, handoff);
  const fresh = await claimRows(
    claims,
    rows.filter(row => !ends.has(row)),
    keep,
  );
  for (const end of await endByPublishing(work, claims, fresh)) keep(end);
  return rows.map(row => {
    const rowEnd = ends.get(row);
    if (!rowEnd) throw new Error(`record ${row.at.record} has no outcome`);
    return rowEnd;
  });
}

const ended = (row: Row, outcome: Outcome, faults = noFaults): RowEnd => ({
  row,
  outcome,
  faults,
  published: none,
});

/** How a row ends that is not for publishing; undefined for the others. */
function endOf(row: Row, pass: Pass): RowEnd | undefined {
  if (row.events.kind === 'faulty') return ended(row, 'quarantined', row.events.faults);
  if (row.events.kind === 'skipped') return ended(row, 'skipped');
  return pass === 'check' ? ended(row, 'rejected') : undefined;
}

/** Rows that are to be published. `repeats` are among the open ones: another row of the file counts as such. */
interface Fresh {
  readonly open: readonly Row[];
  readonly repeats: ReadonlySet<Row>;
}

/** Claims the rows, one sort of claim after the other; those that others hold end here. */
async function claimRows(
  claims: readonly Claiming[],
  rows: readonly Row[],
  keep: (end: RowEnd) => unknown,
): Promise<Fresh> {
  const repeats = new Set<Row>();
  let open = rows;
  for (const [n, claiming] of claims.entries()) {
    const decided = await decideDuplicates(claiming, open);
    for (const row of decided.duplicates) keep(ended(row, 'duplicate'));
    for (const row of decided.conflicts) {
      // Another correction of the same row may still be accepted.
      for (const taken of claims.slice(0, n)) await freeClaim(taken, row);
      keep(ended(row, 'quarantined', [conflictsAt[claiming.by](row)]));
    }
    for (const row of decided.repeats) repeats.add(row);
    open = [...decided.fresh, ...decided.repeats];
  }
  return { open, repeats };
}

async function endByPublishing(
  work: Work,
  claims: readonly Claiming[],
  { open, repeats }: Fresh,
): Promise<RowEnd[]> {
  const ends: RowEnd[] = [];
  for (const { row, refusal, accepted } of await publishRows(work, open)) {
    const isRepeat = repeats.has(row);
    const published = isRepeat ? none : accepted;
    if (refusal) for (const claiming of claims) await freeClaim(claiming, row);
    if (refusal) ends.push({ row, outcome: 'quarantined', faults: [refusal], published });
    else ends.push({ row, outcome: isRepeat ? 'duplicate' : 'published', faults: noFaults, published });
  }
  return ends;
}

const conflictsAt: Readonly<Record<Claimed, (row: Row) => Fault>> = {
  key: ({ at }) =>
    fault('DUPLICATE_CONFLICT', at, 'a row with this key and version was accepted before with other values'),
  'corrected row': ({ at }) =>
    fault('ROW_CORRECTED_BEFORE', at, 'the row was corrected and published before, with other values'),
};

interface PublishedRow {
  readonly row: Row;
  readonly refusal?: Fault;
  /** Events that the bus took. */
  readonly accepted: readonly BusEvent[];
}

async function publishRows({ ports }: Work, rows: readonly Row[]): Promise<PublishedRow[]> {
  const entries: BusEvent[] = [];
  for (const row of rows) for (const entry of entriesOf(row)) entries.push(entry);
  const answers = await publish(entries, ports);
  stopUnlessAnswered(answers);
  let next = 0;
  return rows.map(row => {
    const begin = next;
    const own = entriesOf(row);
    next += own.length;
    const refused = firstRefused(answers, begin, next);
    if (!refused) return { row, accepted: own };
    const accepted = own.filter((_, i) => answers[begin + i]?.kind === 'accepted');
    return { row, refusal: faultOfAnswer(refused, row.at), accepted };
  });
}

const entriesOf = ({ events }: Row): readonly BusEvent[] =>
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
