import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { dayAfter, dayOf } from '../core/audit/days.ts';
import { integrationOfKind } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import type { Work } from './work.ts';

/** The books of a fence or a feed by day, as the auditor of the bus counted them. Those of a lane are in its hand-offs. */
export async function readDayBooks(
  { integrations, ports }: Work,
  { integration, to = dayOf(ports.clock.now()), days }: InputOf<'readDayBooks'>,
): Promise<OutputOf<'readDayBooks'>> {
  integrationOfKind(integrations, integration, ['webhook-fence', 'cdc-feed']);
  const asked = Array.from({ length: days }, (_, n) => dayAfter(to, -n));
  const found = await inParallel(asked, limits.callsInFlightMax, async day => {
    const counts = await ports.standings.day(integration, day);
    return counts ? [{ day, ...counts }] : [];
  });
  return { days: found.flat() };
}
