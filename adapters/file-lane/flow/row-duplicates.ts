import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { HandoffFacts } from '../core/outcome/handoff.ts';
import type { Row } from '../core/row/make-row.ts';
import { claimKey, ownerOf } from './row-claim.ts';
import type { Work } from './work.ts';

export interface Decided {
  /** To be published. */
  readonly fresh: Row[];
  /** To be published too, for the row of this file that they repeat is not published for certain; but that one counts. */
  readonly repeats: readonly Row[];
  readonly duplicates: readonly Row[];
  readonly conflicts: readonly Row[];
}

/**
 * Claims each row's key and version, the last step before publishing. Rows that share a key are decided in order.
 * Another owner with the same payload makes a row a duplicate only when that owner's checkpoint has passed its record;
 * else the row is published too, under the same event id, for the other may never come to it. Within one file the row
 * that holds the claim is the one that counts as published: it has its own outcome to come, in a chunk that is still worked on.
 */
export async function decideDuplicates(
  work: Work,
  handoff: HandoffFacts,
  rows: readonly Row[],
): Promise<Decided> {
  const groups = groupBy(rows, row => claimKey(work, row));
  const verdicts = new Map(
    (await inParallel(groups, limits.callsInFlightMax, group => decideGroup(work, handoff, group))).flat(),
  );
  const of = (verdict: RowVerdict) => rows.filter(row => verdicts.get(row) === verdict);
  return {
    fresh: of('fresh'),
    repeats: of('repeat'),
    duplicates: of('duplicate'),
    conflicts: of('conflict'),
  };
}

type RowVerdict = 'fresh' | 'repeat' | 'duplicate' | 'conflict';

async function decideGroup(
  work: Work,
  handoff: HandoffFacts,
  rows: readonly Row[],
): Promise<[Row, RowVerdict][]> {
  const [first, ...rest] = rows as [Row, ...Row[]];
  const held = await claim(work, handoff, first);
  return [
    [first, held.verdict],
    ...rest.map((row): [Row, RowVerdict] => [
      row,
      row.payloadHash === held.payloadHash ? 'duplicate' : 'conflict',
    ]),
  ];
}

/** The first row's verdict, and the payload that its key now stands for. */
async function claim(
  work: Work,
  handoff: HandoffFacts,
  row: Row,
): Promise<{ verdict: RowVerdict; payloadHash: string }> {
  const { ports, lane } = work;
  const expiresAt = Math.floor(ports.clock.now() / 1000) + lane.duplicateDays * limits.secondsADay;
  const answer = await ports.rowClaims.claim({
    key: claimKey(work, row),
    payloadHash: row.payloadHash,
    owner: ownerOf(handoff, row),
    expiresAt,
  });
  if (answer === 'mine') return { verdict: 'fresh', payloadHash: row.payloadHash };
  if (answer.payloadHash !== row.payloadHash) return { verdict: 'conflict', payloadHash: answer.payloadHash };
  const mark = answer.owner.lastIndexOf('#');
  const holder = answer.owner.slice(0, mark);
  const isPublished = await ports.ledger.hasPublished(holder, Number(answer.owner.slice(mark + 1)));
  const unpublished = holder === handoff.id ? 'repeat' : 'fresh';
  return { verdict: isPublished ? 'duplicate' : unpublished, payloadHash: row.payloadHash };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
