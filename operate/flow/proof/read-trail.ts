import { limits } from '#shared/contract/limits.ts';
import { recordsKey } from '../../core/audit/audit-keys.ts';
import { type AuditRecord, auditRecord } from '../../core/audit/audit-record.ts';
import { dayAfter, dayOf } from '../../core/audit/days.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import type { UnitClaim } from '../../core/proof/claim.ts';
import { emptyStanding, type Standing } from '../../core/proof/standing.ts';
import { TrailReader } from '../../core/proof/trail-reader.ts';
import type { ProofPorts, StoredStanding } from '../../ports.ts';

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

/** Reads on where the last run ended: objects of the trail in their order, each once. */
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
  let { day, objects } = start;
  const readingOf = (isLast: boolean): TrailReading => ({
    ...{ of, before, isLast, claims: reader.claims },
    standing: { ...start, ...reader.counted, day, objects },
  });
  while (reader.claims.length < claimsMax) {
    const text = await ports.trail.read(recordsKey({ day, integration: id }, objects + 1));
    const records = text && recordsIn(text);
    if (records && !records.every(({ at }) => Date.parse(at) <= dueAt)) return readingOf(true);
    if (records) {
      for (const record of records) reader.read(record);
      objects += 1;
    } else if (isOver(day, now)) {
      day = dayAfter(day);
      objects = 0;
    } else return readingOf(true);
  }
  return readingOf(false);
}

const isOver = (day: string, now: number): boolean =>
  Date.parse(dayAfter(day)) + limits.trailDayEndsSeconds * 1_000 <= now;

const recordsIn = (text: string): readonly AuditRecord[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => auditRecord.parse(JSON.parse(line)));
