import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { cursorOf, placeOf } from '../core/cursor.ts';
import type { KnownIntegration } from '../core/known-integration.ts';
import { integrationOf } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { invalid } from '../core/problem.ts';
import { quarantineReadings } from '../core/quarantine-reading.ts';
import type { QuarantinedUnit } from '../core/shapes/quarantine.ts';
import { readUnits } from './read-units.ts';
import type { Work } from './work.ts';

/** How far the pages before went: to the end of the report at `key`, or to a byte of it. */
const place = z.strictObject({ key: z.string(), byte: z.int().min(0).optional() });

type Place = z.infer<typeof place>;
type Filter = Pick<InputOf<'listQuarantine'>, 'code' | 'id'>;

/** One page of an integration's units, in the order of their reports' keys. It reads a bounded number of reports. */
export async function listQuarantine(
  work: Work,
  { integration, limit, cursor, ...filter }: InputOf<'listQuarantine'>,
): Promise<OutputOf<'listQuarantine'>> {
  const known = integrationOf(work.integrations, integration);
  const start = placeOf(place, cursor);
  if (start && !start.key.startsWith(`${integration}/`))
    throw invalid('cursor is of another integration', 'Ask for the first page again, without a cursor.');
  const units: QuarantinedUnit[] = [];
  let reports = 0;
  for await (const { key, byte } of reportsFrom(work, known, { id: filter.id, start })) {
    if (reports === limits.quarantineReportsAPage) return { units, next: cursorOf({ key, byte }) };
    reports += 1;
    let reached = byte;
    for await (const { unit, end } of readUnits(work.ports.objects, known, { key, byte })) {
      if (units.length === limit) return { units, next: cursorOf({ key, byte: reached }) };
      if (isAskedFor(unit, filter)) units.push(unit);
      reached = end;
    }
  }
  return { units, next: null };
}

/** A row's id is the hand-off's with the number of its record: either may be asked for. */
const isAskedFor = (unit: QuarantinedUnit, { code, id }: Filter): boolean =>
  (code === undefined || unit.code === code) &&
  (id === undefined || unit.id === id || unit.id.startsWith(`${id}#`));

async function* reportsFrom(
  { ports }: Work,
  known: KnownIntegration,
  { id, start }: { readonly id: string | undefined; readonly start: Place | undefined },
): AsyncGenerator<Required<Place>> {
  const { isReport } = quarantineReadings[known.kind];
  const [handoff] = id?.split('#') ?? [];
  // A lane's keys begin with the hand-off.
  const prefix = known.kind === 'file-lane' && handoff ? `${known.id}/${handoff}/` : `${known.id}/`;
  if (start?.byte !== undefined) yield { key: start.key, byte: start.byte };
  for (let after = start?.key, isLast = false; !isLast; ) {
    const page = await ports.objects.list('quarantine', { prefix, after, limit: limits.keysAListing });
    if (page === 'missing') throw new Error('there is no quarantine bucket');
    for (const { key } of page) if (isReport(known.id, key)) yield { key, byte: 0 };
    after = page.at(-1)?.key;
    isLast = page.length < limits.keysAListing;
  }
}
