import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { nextSweep } from '../../core/reconcile/next-sweep.ts';
import { addTallied, nothingFound, type Tallied } from '../../core/reconcile/results.ts';
import type { StoredObject } from '../../ports.ts';
import type { ReconcilePorts, Sweep } from '../../reconcile-ports.ts';

export interface Swept {
  readonly sweep: Sweep;
  readonly found: Tallied;
}

export interface LastSweep {
  readonly last: Sweep | undefined;
  /** Whether an operator asks: then a sweep begins now, and takes objects however new they are. */
  readonly isAsked: boolean;
}

export interface SweptObjects {
  readonly store: 'inbound' | 'raw';
  /** Where objects are that came since then, in the order of keys. */
  readonly prefixes: (since: string) => readonly string[];
  readonly lookFor: (object: StoredObject) => Promise<Tallied>;
}

/** Looks through one page of objects. A sweep begins once an hour, and takes only objects that came since the one before. */
export async function sweepObjects(
  { clock, objects }: Pick<ReconcilePorts, 'clock' | 'objects'>,
  { store, prefixes, lookFor }: SweptObjects,
  { last, isAsked }: LastSweep,
): Promise<Swept | undefined> {
  const now = clock.now();
  const sweep = nextSweep(last, now, isAsked);
  if (!sweep) return undefined;
  const { since, after } = sweep;
  const [prefix = '', ...others] = prefixes(since).filter(
    each => after === undefined || after < each || after.startsWith(each),
  );
  const page = await objects.list(store, { prefix, after, limit: limits.keysAListing });
  if (page === 'missing') throw new Error(`there is no ${store} bucket`);
  const youngest = new Date(now - (isAsked ? 0 : 1_000 * limits.sweepAgeSeconds)).toISOString();
  const due = page.filter(({ modifiedAt }) => modifiedAt >= since && modifiedAt <= youngest);
  const found = await inParallel(due, limits.callsInFlightMax, lookFor);
  const isLast = page.length < limits.keysAListing;
  return {
    sweep: { ...sweep, after: isLast ? others[0] : page.at(-1)?.key },
    found: found.reduce((sum, one) => addTallied(sum, one, limits.reconcileFindingsMax), nothingFound),
  };
}
