import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { limits } from '#shared/contract/limits.ts';
import { addTallies, balances } from '#shared/core/outcome/tally.ts';
import type { KnownIntegration } from './known-integration.ts';
import type { IntegrationState } from './shapes/integrations.ts';
import type { Switch } from './switch/switch.ts';
import { disabledInWords, waitsUntil } from './switch/waiting.ts';

/** What the ledger says of a lane. */
export interface LaneBooks {
  readonly since: string;
  /** Received since then, the newest first. */
  readonly recent: readonly HandoffSummary[];
  readonly moreRecent: boolean;
  readonly open: readonly HandoffSummary[];
  readonly moreOpen: boolean;
}

interface Found {
  readonly books: LaneBooks | undefined;
  readonly deadLetters: number | 'missing' | undefined;
  readonly undelivered: number | 'missing' | undefined;
  readonly openIssues: number;
  readonly schedule?: IntegrationState['schedule'];
  readonly set?: Switch | undefined;
}

export function integrationStateOf(known: KnownIntegration, found: Found): IntegrationState {
  const { id, kind, owner, partner } = known;
  const { books, deadLetters, undelivered, openIssues } = found;
  const isDisabled = found.set?.to === 'disabled';
  const attention = attentionTo(known, found);
  const isMissing = deadLetters === 'missing' || undelivered === 'missing';
  const needsAttention = attention.length > 0 ? 'attention' : 'ok';
  const state = isDisabled ? 'disabled' : needsAttention;
  return {
    ...{ id, kind, owner, partner, attention, openIssues },
    state: isMissing ? 'not-deployed' : state,
    schedule: found.schedule ?? null,
    disabled: found.set && isDisabled ? disabledOf(known, found.set) : null,
    unsettled: books ? unsettledOf(books) : null,
    books: books ? booksOf(books) : null,
    deadLetters: typeof deadLetters === 'number' ? deadLetters : null,
    undelivered:
      typeof undelivered === 'number'
        ? { count: undelivered, more: undelivered === limits.keysAListing }
        : null,
  };
}

function disabledOf(known: KnownIntegration, set: Switch): NonNullable<IntegrationState['disabled']> {
  const until = waitsUntil(known, set);
  return {
    since: set.at,
    by: set.by,
    plan: set.plan,
    waitsUntil: until === undefined ? null : new Date(until).toISOString(),
  };
}

function attentionTo(
  known: KnownIntegration,
  { books, deadLetters, undelivered, openIssues, schedule, set }: Found,
): string[] {
  const stuck = (books?.open ?? []).filter(({ fault }) => fault);
  const unbalanced = (books?.recent ?? []).filter(({ state }) => state === 'unbalanced');
  return [
    ...(set?.to === 'disabled' ? [disabledInWords(known, set)] : []),
    ...(schedule?.overdue ?? []).map(due => `the file due at ${due} did not come`),
    ...counted(deadLetters, ['dead letter', 'dead letters']),
    ...counted(undelivered, ['undelivered batch', 'undelivered batches']),
    ...counted(stuck.length, ['file in work met a fault', 'files in work met a fault']),
    ...counted(openIssues, ['open issue', 'open issues']),
    ...counted(unbalanced.length, ['file does not balance', 'files do not balance']),
  ];
}

const counted = (count: number | 'missing' | undefined, [one, many]: readonly [string, string]): string[] =>
  typeof count === 'number' && count > 0 ? [`${count} ${count === 1 ? one : many}`] : [];

const unsettledOf = ({ open, moreOpen }: LaneBooks) => ({
  count: open.length,
  more: moreOpen,
  oldestAt: open.map(({ receivedAt }) => receivedAt).sort()[0] ?? null,
});

function booksOf({ since, recent, moreRecent }: LaneBooks): NonNullable<IntegrationState['books']> {
  const settled = recent.filter(({ state }) => isSettled(state));
  const received = settled.reduce((sum, handoff) => sum + (handoff.received ?? 0), 0);
  const tally = addTallies(...settled.flatMap(handoff => handoff.tally ?? []));
  const balanced = balances(received, tally);
  return { since, handoffs: settled.length, more: moreRecent, received, tally, balanced };
}
