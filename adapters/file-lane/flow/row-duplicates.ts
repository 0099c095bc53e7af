import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import type { RowClaim, RowHolder } from '#shared/ports.ts';
import { type Begun, type HandoffFacts, isSettled } from '../core/outcome/handoff.ts';
import type { Row } from '../core/row/make-row.ts';
import type { RowKey } from '../core/row/row-events.ts';
import type { Work } from './work.ts';

export interface Decided {
  /** To be published. */
  readonly fresh: Row[];
  /** To be published too, for the row of this file that they repeat is not published for certain; but that one counts. */
  readonly repeats: readonly Row[];
  readonly duplicates: readonly Row[];
  readonly conflicts: readonly Row[];
}

/** What a row is claimed by: its key, or the rejected row that it corrects. */
export type Claimed = 'key' | 'corrected row';

/**
 * Claims each row's key, the last step before publishing: new keys together in few calls, the others one
 * by one. Rows that share a key are decided in order. A row that another one
 * repeats is a duplicate only when that one's checkpoint has passed it; else it is published too, for the other may never be.
 */
export async function decideDuplicates(claiming: Claiming, rows: readonly Row[]): Promise<Decided> {
  const groups = groupBy(rows, row => claimOf(claiming, row).key);
  const firsts = groups.flatMap(([row]) => (row ? [claimOf(claiming, row)] : []));
  const taken = await claiming.work.ports.rowClaims.claimNew(firsts);
  const mine = new Set(firsts.filter((_, n) => taken[n]).map(({ owner }) => owner));
  const decide = (group: readonly Row[]) => decideGroup(claiming, { rows: group, mine });
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
export async function freeClaim(claiming: Claiming, row: Row): Promise<void> {
  const { key, owner } = claimOf(claiming, row);
  await claiming.work.ports.rowClaims.release(key, owner);
}

/** The rows that another hand-off corrected and published, whatever they hold here: their partner was faster. */
export async function correctedMeanwhile(claiming: Claiming, rows: readonly Row[]): Promise<readonly Row[]> {
  const { work, handoff } = claiming;
  const named = rows.filter(({ corrects }) => corrects);
  const isCorrected = await inParallel(named, limits.callsInFlightMax, async row => {
    const owner = await work.ports.rowClaims.holder(claimOf(claiming, row).key);
    if (owner === undefined || placeOf(owner).handoffId === handoff.id) return false;
    return (await stateOf(work, owner)) === 'published';
  });
  return named.filter((_, n) => isCorrected[n]);
}

/** Whose rows are claimed, and by what. */
export interface Claiming {
  readonly work: Work;
  readonly handoff: HandoffFacts;
  readonly by: Claimed;
}

/** What the rows of a pass that publishes are claimed by, one after the other. */
export function claimsOf(work: Work, handoff: HandoffFacts & Pick<Begun, 'corrects'>): readonly Claiming[] {
  const claims: Claiming[] = [];
  if (handoff.corrects) claims.push({ work, handoff, by: 'corrected row' });
  if (work.lane.duplicates === 'row') claims.push({ work, handoff, by: 'key' });
  return claims;
}

/** Who has the claims of a row. `nobody` has one that expired. */
export type ClaimHolder = 'own' | 'others' | 'nobody';

/** Whether all claims of the row are its own: what others hold, others publish. */
export async function holdsClaims(claims: readonly Claiming[], row: Row): Promise<ClaimHolder> {
  for (const claiming of claims) {
    const { key, owner } = claimOf(claiming, row);
    const holder = await claiming.work.ports.rowClaims.holder(key);
    if (holder !== owner) return holder === undefined ? 'nobody' : 'others';
  }
  return 'own';
}

type RowVerdict = 'fresh' | 'repeat' | 'duplicate' | 'conflict';

/** Rows of one key, in order. A row with the payload of the one before it is its duplicate, and needs no claim. */
async function decideGroup(claiming: Claiming, { rows, mine }: RowsOfKey): Promise<[Row, RowVerdict][]> {
  const verdicts: [Row, RowVerdict][] = [];
  let last: string | undefined;
  for (const row of rows) {
    const claim = claimOf(claiming, row);
    if (last === row.payloadHash) verdicts.push([row, 'duplicate']);
    else if (last !== undefined && claim.order === undefined) verdicts.push([row, 'conflict']);
    else {
      const decided = mine.has(claim.owner) ? freshly(claim) : await decide(claiming, claim);
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
async function decide({ work, handoff }: Claiming, claim: RowClaim): Promise<Decision> {
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

function claimOf({ work: { lane, ports }, handoff, by }: Claiming, row: Row): RowClaim {
  const { at, payloadHash } = row;
  const key = by === 'key' ? keyOf(row) : correctedKey(lane.id, row);
  if (!key) throw new Error(`record ${at.record} claims nothing`);
  return {
    ...key,
    payloadHash,
    owner: `${handoff.id}#${at.record}`,
    expiresAt: Math.floor(ports.clock.now() / 1000) + lane.duplicateDays * limits.secondsADay,
  };
}

const keyOf = ({ events }: Row): RowKey | undefined => (events.kind === 'events' ? events.claim : undefined);

/** A rejected row is corrected once, whatever files of corrections bring it. */
const correctedKey = (laneId: string, { corrects }: Row): RowKey | undefined =>
  corrects === undefined ? undefined : { key: `${laneId}#corrected#${idOf(corrects)}`, order: undefined };

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
