import { limits } from '#shared/contract/limits.ts';
import { jsonOf } from '#shared/core/json-of.ts';
import { type AuditRecord, auditRecord } from '../../core/audit/audit-record.ts';
import { dayAfter, dayOf } from '../../core/audit/days.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import type { UnitClaim } from '../../core/proof/claim.ts';
import { emptyStanding, type Standing } from '../../core/proof/standing.ts';
import { TrailReader } from '../../core/proof/trail-reader.ts';
import type { ProofPorts, StoredStanding } from '../../ports.ts';
import { ReadChain } from './read-chain.ts';

/** What the trail of an integration claims since it was read last. */
export interface TrailReading {
  readonly of: KnownIntegration;
  readonly before: StoredStanding | undefined;
  readonly standing: Standing;
  readonly claims: readonly UnitClaim[];
  /** False where there is more to read. */
  readonly isLast: boolean;
}

export interface TrailBounds {
  /** Epoch milliseconds: records that are newer are read in the next run. */
  readonly dueAt: number;
  /** No further object is read with so many claims. */
  readonly claimsMax: number;
}

/**
 * Reads on where the last run ended: objects of the trail in their order, each once. Each is held against the one before it, and against
 * the head of its chain, which is kept apart from the trail: what is missing or was changed raises an alarm, and the rest is read.
 */
export async function readTrail(
  ports: ProofPorts,
  of: KnownIntegration,
  { dueAt, claimsMax }: TrailBounds,
): Promise<TrailReading> {
  const { id, kind } = of;
  const before = await ports.standings.find(id);
  const now = ports.clock.now();
  const start = before?.standing ?? emptyStanding(dayOf(now));
  const reader = new TrailReader(kind, start);
  const chain = new ReadChain(ports.log, id, start);
  const readingOf = (isLast: boolean): TrailReading => ({
    ...{ of, before, isLast, claims: reader.claims },
    standing: { ...start, ...reader.counted, ...chain.place },
  });
  while (reader.claims.length < claimsMax) {
    const text = await ports.trail.read(chain.nextKey);
    if (text !== undefined) {
      const records = recordsIn(text);
      if (!records.every(({ at }) => Date.parse(at) <= dueAt)) return readingOf(true);
      for (const record of records) reader.read(record);
      chain.take(text);
      continue;
    }
    const head = await ports.heads.find({ day: chain.place.day, integration: id });
    if (chain.skipMissing(head)) continue;
    if (!isOver(chain.place.day, now)) return readingOf(true);
    chain.endDay(head);
  }
  return readingOf(false);
}

const isOver = (day: string, now: number): boolean =>
  Date.parse(dayAfter(day)) + limits.trailDayEndsSeconds * 1_000 <= now;

/** Without lines that are no records: these are named when the chain is held against them. */
const recordsIn = (text: string): readonly AuditRecord[] =>
  text.split('\n').flatMap(line => auditRecord.safeParse(jsonOf(line)).data ?? []);
