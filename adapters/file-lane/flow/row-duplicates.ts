import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { RowClaim, RowHolder } from '#shared/ports.ts';
import { type HandoffFacts, isSettled } from '../core/outcome/handoff.ts';
import type { Row } from '../core/row/make-row.ts';
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
 * Claims each row's key, the last step before publishing: new keys together in few calls, the others one by one. Rows that share a key are decided in order. A row that another one
 * repeats is a duplicate only when that one's checkpoint has passed it; else it is published too, for the other may never be.
 */
export async function decideDuplicates(
  work: Work,
  handoff: HandoffFacts,
  rows: readonly Row[],
): Promise<Decided> {
  const groups = groupBy(rows, row => claimOf(work, handoff, row).key);
  const firsts = groups.flatMap(([row]) => (row ? [claimOf(work, handoff, row)] : []));
  const taken = await work.ports.rowClaims.claimNew(firsts);
  const mine = new Set(firsts.filter((_, n) => taken[n]).map(({ owner }) => owner));
  const decide = (group: readonly Row[]) => decideGroup(work, handoff, { rows: group, mine });
  const verdicts = new Map((await inParallel(groups, limits.callsInFlightMax, decide)).flat());
  const of = (verdict: RowVerdict) => rows.filter(row => verdicts.get(row) === verdict);
  return {
    fresh: of('fresh'),
    repeats: of('repeat'),
    duplicates: of('duplicate'),
    conflicts: of('conflict'),
  };
}

/** What the bus refuses may come again in another file. */
export async function freeClaim(work: Work, handoff: HandoffFacts, row: Row): Promise<void> {
  if (work.lane.duplicates !== 'row') return;
  const { key, owner } = claimOf(work, handoff, row);
  await work.ports.rowClaims.release(key, owner);
}

type RowVerdict = 'fresh' | 'repeat' | 'duplicate' | 'conflict';

/** Rows of one key, in order. A row with the payload of the one before it is its duplicate, and needs no claim. */
async function decideGroup(
  work: Work,
  handoff: HandoffFacts,
  { rows, mine }: RowsOfKey,
): Promise<[Row, RowVerdict][]> {
  const verdicts: [Row, RowVerdict][] = [];
  let last: string | undefined;
  for (const row of rows) {
    const claim = claimOf(work, handoff, row);
    if (last === row.payloadHash) verdicts.push([row, 'duplicate']);
    else if (last !== undefined && claim.order === undefined) verdicts.push([row, 'conflict']);
    else {
      const decided = mine.has(claim.owner) ? freshly(claim) : await decide(work, handoff, claim);
      verdicts.push([row, decided.verdict]);
      last = decided.payloadHash;
    }
  }
  return verdicts;
}

interface RowsOfKey {
  readonly rows: readonly Row[];
  /** Owners whose claims were new, and are taken. */
  readonly mine: ReadonlySet<string>;
}

interface Decision {
  readonly verdict: RowVerdict;
  /** What the row's key now stands for. */
  readonly payloadHash: string;
}

/** Takes the claim, from an owner that ended without publishing if need be, or says what the claim that stands makes of the row. */
async function decide(work: Work, handoff: HandoffFacts, claim: RowClaim): Promise<Decision> {
  let insteadOf: string | undefined;
  for (;;) {
    const held = await work.ports.rowClaims.claim({ ...claim, insteadOf });
    if (held === 'mine' || isLater(held, claim)) return freshly(claim);
    const state = await stateOf(work, held.owner);
    if (state !== 'never') return decideBy(state, held, { claim, handoff });
    insteadOf = held.owner;
  }
}

const freshly = ({ payloadHash }: RowClaim): Decision => ({ verdict: 'fresh', payloadHash });

function decideBy(
  state: 'published' | 'open',
  { payloadHash, owner }: RowHolder,
  { claim, handoff }: { readonly claim: RowClaim; readonly handoff: HandoffFacts },
): Decision {
  if (payloadHash !== claim.payloadHash) return { verdict: 'conflict', payloadHash };
  if (state === 'published') return { verdict: 'duplicate', payloadHash };
  // Both rows make the same event, and within one file the holder's counts: it has its own outcome to come.
  const isCounted = claim.order === undefined && placeOf(owner).handoffId === handoff.id;
  return { verdict: isCounted ? 'repeat' : 'fresh', payloadHash };
}

/** The row is older than the last one of its key, and says something else. It is published; consumers order both. */
const isLater = (held: RowHolder, { order, payloadHash }: RowClaim): boolean =>
  order !== undefined && held.order !== undefined && held.order > order && held.payloadHash !== payloadHash;

/** `never`: its hand-off has ended, or is forgotten, and did not publish the row. */
async function stateOf({ ports: { ledger } }: Work, owner: string): Promise<'published' | 'open' | 'never'> {
  const { handoffId, record } = placeOf(owner);
  if (await ledger.hasPublished(handoffId, record)) return 'published';
  const holder = await ledger.find(handoffId);
  if (holder && !isSettled(holder.state)) return 'open';
  // It may have ended between the two reads.
  return (await ledger.hasPublished(handoffId, record)) ? 'published' : 'never';
}

function claimOf({ lane, ports }: Work, handoff: HandoffFacts, { at, events, payloadHash }: Row): RowClaim {
  if (events.kind !== 'events' || !events.claim) throw new Error(`record ${at.record} claims nothing`);
  return {
    ...events.claim,
    payloadHash,
    owner: `${handoff.id}#${at.record}`,
    expiresAt: Math.floor(ports.clock.now() / 1000) + lane.duplicateDays * limits.secondsADay,
  };
}

/** Whose record an owner is. */
function placeOf(owner: string): { readonly handoffId: string; readonly record: number } {
  const mark = owner.lastIndexOf('#');
  return { handoffId: owner.slice(0, mark), record: Number(owner.slice(mark + 1)) };
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
