import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { dayPrefix, manifestKey, manifestsPrefix } from '../../core/audit/audit-keys.ts';
import { type CheckedManifest, checkManifest } from '../../core/audit/check-manifest.ts';
import { checkState, DayCheck } from '../../core/audit/day-check.ts';
import { dayAfter, dayOf } from '../../core/audit/days.ts';
import type { Finding, KeptObject } from '../../core/audit/finding.ts';
import type { Manifest } from '../../core/audit/manifest.ts';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import type { InputOf, OutputOf } from '../../core/operations.ts';
import { invalid } from '../../core/problem.ts';
import type { Work } from '../work.ts';

const place = z.strictObject({ day: z.iso.date(), after: z.string(), state: checkState });

/** Verifies a day of the audit trail, page by page: each takes up the check where the one before left it. */
export async function verifyAudit(
  work: Work,
  { day, cursor }: InputOf<'verifyAudit'>,
): Promise<OutputOf<'verifyAudit'>> {
  const start = placeOf(place, cursor);
  if (start && start.day !== day)
    throw invalid('cursor is of another day', 'Ask for the first page again, without a cursor.');
  const { trail, clock } = work.ports;
  if (day > dayOf(clock.now())) throw invalid(`${day} has not begun`, 'Name a day of the past, or today.');
  const { manifest, findings: ofManifest } = await manifestOfDay(work, day);
  if (isExpired(work, day)) return { ...pageOf(day, manifest, ofManifest), expired: true, next: null };
  const checked = new DayCheck({ day, manifest, state: start?.state });
  const { objects, isLast } = await trail.kept({
    prefix: dayPrefix(day),
    after: start?.after,
    limit: limits.auditObjectsAPage,
    bytesMax: limits.auditBytesAPage,
  });
  const findings = [
    ...(start ? [] : ofManifest),
    ...objects.flatMap(object => checked.check(object)),
    ...(isLast ? checked.end() : []),
  ];
  const after = objects.at(-1)?.key ?? '';
  return {
    ...{ ...pageOf(day, manifest, findings), objects: objects.length, expired: false },
    next: isLast ? null : cursorOf({ day, after, state: checked.state }),
  };
}

const pageOf = (day: string, manifest: Manifest | undefined, findings: readonly Finding[]) => ({
  ...{ day, sealed: manifest !== undefined, objects: 0 },
  findings: findings.slice(0, limits.auditFindingsAPage),
  more: findings.length > limits.auditFindingsAPage,
});

/** S3 lets an object expire at the first midnight (UTC) after its days are over. */
const isExpired = ({ ports: { clock, trail } }: Work, day: string): boolean =>
  day < dayAfter(dayOf(clock.now()), -trail.keptDays);

/**
 * A day is sealed in the night after it. Until the next one begins, its manifest is not missed; nor are those of days before the
 * trail's first.
 */
async function manifestOfDay({ ports }: Work, day: string): Promise<CheckedManifest> {
  const object = await firstUnder(ports, manifestKey(day));
  const first = object ?? (await firstUnder(ports, manifestsPrefix));
  const isBeforeFirst = first === undefined || first.key > manifestKey(day);
  const mayHaveNone = day >= dayAfter(dayOf(ports.clock.now()), -1);
  if (!object && (isBeforeFirst || mayHaveNone)) return { manifest: undefined, findings: [] };
  const [before, publicKey] = await Promise.all([
    firstUnder(ports, manifestKey(dayAfter(day, -1))),
    ports.signer.publicKey(),
  ]);
  return checkManifest({ day, object, before, publicKey });
}

async function firstUnder({ trail }: Work['ports'], prefix: string): Promise<KeptObject | undefined> {
  const { objects } = await trail.kept({ prefix, limit: 1, bytesMax: limits.auditBytesAPage });
  return objects[0];
}
