import { limits } from '#shared/contract/limits.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import { claimsDueIn, type OpenClaim, type Standing, withFound } from '../../core/proof/standing.ts';
import type { Compared } from './compare-window.ts';
import { compareWindows } from './compare-windows.ts';
import { concludeUnits } from './conclude-units.ts';
import { noUnits, type ProofWork, type ProvenUnits } from './proof-work.ts';
import { readTrail, type TrailReading } from './read-trail.ts';

/**
 * Proves what deliveries and batches claim to have published. Their claims are read from the audit trail, in which each change of the
 * books is a record, and each record is read once.
 */
export async function proveTrails(work: ProofWork): Promise<ProvenUnits> {
  const ends = { ...noUnits };
  let left = work.integrations.filter(({ kind }) => kind !== 'file-lane');
  for (let isFirst = true; left.length > 0; isFirst = false) {
    const readings = await readTrails({ ...work, integrations: left }, isFirst);
    const compared = new Map<OpenClaim, Compared<OpenClaim>>();
    const claims = readings.flatMap(({ due }) => due);
    if (!(await compareWindows(work, claims, each => void compared.set(each.claim, each)))) return ends;
    const goOn = new Set<string>();
    for (const reading of readings)
      if ((await conclude(work, { reading, compared, ends })) && !reading.isLast) goOn.add(reading.of.id);
    left = left.filter(({ id }) => goOn.has(id));
  }
  return ends;
}

interface DueReading extends TrailReading {
  readonly due: readonly OpenClaim[];
}

/** Of all integrations, no more claims than memory has room for. What was open before is looked for once in a run. */
async function readTrails(work: ProofWork, isFirst: boolean): Promise<readonly DueReading[]> {
  const { integrations, ports, graceSeconds } = work;
  const readings: DueReading[] = [];
  let claimsMax = limits.claimsAtOnce;
  const now = ports.clock.now();
  for (const known of integrations) {
    const dueAt = now - graceSeconds * 1_000;
    const reading = await readTrail(ports, known, { dueAt, claimsMax });
    const units = new Set(reading.claims.map(({ unit }) => unit));
    const open = reading.standing.open.filter(({ unit }) => isFirst || units.has(unit));
    readings.push({ ...reading, due: claimsDueIn(reading.claims, open, new Date(now).toISOString()) });
    claimsMax -= reading.claims.length;
  }
  return readings;
}

interface Concluding {
  readonly reading: DueReading;
  readonly compared: ReadonlyMap<OpenClaim, Compared<OpenClaim>>;
  readonly ends: Record<keyof ProvenUnits, number>;
}

/** Stores what was found, and how far the trail is read. False where nothing was stored: the next run reads the same again. */
async function conclude(work: ProofWork, { reading, compared, ends }: Concluding): Promise<boolean> {
  const { ports } = work;
  const { of, before, standing, due } = reading;
  const integration = of.id;
  const unequal = due.flatMap(claim => compared.get(claim) ?? []).filter(each => each.unequal.length > 0);
  // So many are missing when the log is late, too. To publish them all again could do harm.
  if (unequal.length > limits.openClaimsMax) {
    ends.missing += unequal.length;
    ports.log.error(proofLines.many, { integration, units: unequal.length });
    return false;
  }
  const concluded = await concludeUnits(work, of, unequal);
  const found = new Map(concluded.map(end => [end.claim, end]));
  for (const claim of due) ends[found.get(claim)?.end ?? 'proven'] += 1;
  const ended = due.map(claim => found.get(claim) ?? { claim, missing: 0 });
  const until = new Date(ports.clock.now() - limits.proofLookBackHours * 3_600_000).toISOString();
  const after = withFound(standing, ended, until);
  await keepDays(ports, integration, { before: before?.standing, after });
  return ports.standings.keep(integration, after, before);
}

/** Before the standing, so that they are written again if it is not. */
async function keepDays(
  { standings }: ProofWork['ports'],
  integration: string,
  { before, after }: { readonly before: Standing | undefined; readonly after: Standing },
): Promise<void> {
  for (const [day, counts] of Object.entries(after.days))
    if (JSON.stringify(counts) !== JSON.stringify(before?.days[day]))
      await standings.keepDay(integration, day, counts);
}
