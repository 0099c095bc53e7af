import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { integrationStateOf } from '../core/integration-state.ts';
import type { KnownIntegration } from '../core/known-integration.ts';
import type { OutputOf } from '../core/operations.ts';
import type { IntegrationState } from '../core/shapes/integrations.ts';
import { undeliveredPrefix } from '../core/undelivered-line.ts';
import { readBooks } from './read-books.ts';
import type { Work } from './work.ts';

export async function listIntegrations(work: Work): Promise<OutputOf<'listIntegrations'>> {
  const integrations = await inParallel(work.integrations, limits.callsInFlightMax, known =>
    stateOf(work, known),
  );
  return { integrations };
}

async function stateOf(work: Work, known: KnownIntegration): Promise<IntegrationState> {
  const [books, deadLetters, undelivered, issues, schedule, set] = await Promise.all([
    known.kind === 'file-lane' ? readBooks(work, known.id) : undefined,
    known.kind === 'cdc-feed' ? undefined : work.ports.deadLetters.count(known.id),
    known.kind === 'cdc-feed' ? countUndelivered(work, known.id) : undefined,
    work.ports.issues.list(known.id),
    known.hasSchedule ? readSchedule(work, known.id) : undefined,
    work.ports.switches.find(known.id),
  ]);
  const openIssues = issues.filter(({ state }) => state === 'open').length;
  return integrationStateOf(known, { books, deadLetters, undelivered, openIssues, schedule, set });
}

async function countUndelivered({ ports }: Work, undeliveredOf: string): Promise<number | 'missing'> {
  const asked = { prefix: undeliveredPrefix, limit: limits.keysAListing };
  const page = await ports.objects.list({ undeliveredOf }, asked);
  return page === 'missing' ? page : page.length;
}

/** As the reconciler saw it last. */
async function readSchedule(
  { ports }: Work,
  integration: string,
): Promise<NonNullable<IntegrationState['schedule']>> {
  const { watch } = await ports.reconciliations.marks(integration);
  const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
  return {
    nextDue: watch?.nextDue === undefined ? null : iso(watch.nextDue),
    overdue: (watch?.missing ?? []).map(iso),
  };
}
