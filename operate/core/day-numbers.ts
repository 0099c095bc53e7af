import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { addTallies } from '#shared/core/outcome/tally.ts';
import type { KnownIntegration } from './known-integration.ts';
import { type DayCounts, emptyCounts } from './proof/day-counts.ts';
import type { Proof } from './proof/proof.ts';
import type { DayReceipts } from './proof/received.ts';
import type { OpenClaim } from './proof/standing.ts';
import type { Numbers } from './shapes/numbers.ts';

/** The five numbers of one integration and day, but for what follows from them. */
type Found = Omit<Numbers, 'integration' | 'kind' | 'units' | 'consumers' | 'differs'>;

const units = { 'file-lane': 'rows', 'webhook-fence': 'deliveries', 'cdc-feed': 'changes' } as const;

export function dayNumbers(
  { id, kind }: KnownIntegration,
  found: Found,
  receipts: DayReceipts | undefined,
): Numbers {
  const consumers = Object.entries(receipts?.consumers ?? {}).map(([name, counts]) => ({
    ...{ name, expected: counts.expected, received: counts.received, missing: [...counts.missing] },
  }));
  const numbers = { integration: id, kind, units: units[kind], ...found, consumers };
  return { ...numbers, differs: [...differencesIn(numbers)] };
}

function* differencesIn(numbers: Omit<Numbers, 'differs'>): Generator<string> {
  const { sender, received, outcomes, units: unit, unproven, consumers } = numbers;
  if (sender?.claims != null && sender.claims !== received)
    yield `the sender declares ${sender.claims} ${unit}, ${received} were received`;
  if (sender && sender.missing.length > 0) yield `the sender has ${sender.missing.length} that never came`;
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  if (ended !== received) yield `${received} ${unit} were received, ${ended} have an outcome`;
  const missing = unproven.reduce((sum, { claimed, onBus }) => sum + claimed - onBus, 0);
  if (missing > 0) yield `${missing} of ${numbers.claimed} events are not on the bus`;
  for (const { name, expected, received: reported } of consumers)
    if (reported < expected) yield `${name} reported ${reported} of ${expected} events`;
}

/** Of the files that came on a day. */
export function laneNumbers(
  handoffs: readonly HandoffSummary[],
  proofs: readonly (Proof | undefined)[],
  isMore: boolean,
): Found {
  const settled = handoffs.filter(({ state }) => isSettled(state) && state !== 'duplicate');
  const declaring = settled.filter(({ declaredRecords }) => declaredRecords !== undefined);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
  const known = proofs.flatMap(proof => proof ?? []);
  return {
    sender:
      declaring.length === 0
        ? null
        : {
            by: 'manifest',
            claims: sum(settled.map(({ declaredRecords, received = 0 }) => declaredRecords ?? received)),
            missing: [],
          },
    received: sum(settled.map(({ received = 0 }) => received)),
    outcomes: addTallies(...settled.flatMap(({ tally }) => tally ?? [])),
    claimed: sum(known.map(({ claimed }) => claimed)),
    onBus: sum(known.map(({ claimed, onBus }) => Math.min(claimed, onBus))),
    unproven: known.filter(({ state }) => state !== 'proven').map(unprovenOf),
    more: isMore,
  };
}

const unprovenOf = ({ unit, claimed, onBus, missing }: Proof) => ({
  ...{ unit, claimed, onBus: Math.min(claimed, onBus), missing: [...missing] },
});

interface TrailFound {
  readonly counts: DayCounts | undefined;
  readonly open: readonly OpenClaim[];
  readonly proofs: readonly (Proof | undefined)[];
  /** Items of a provider that never came, made on this day. */
  readonly undelivered: readonly string[] | undefined;
}

/** Of the deliveries or batches that came on a day. */
export function trailNumbers({ counts = emptyCounts, open, proofs, undelivered }: TrailFound): Found {
  const { received, outcomes, claimed, onBus } = counts;
  return {
    sender: undelivered ? { by: 'listing', claims: null, missing: [...undelivered] } : null,
    ...{ received, outcomes: { ...outcomes }, claimed, onBus },
    unproven: open.map(({ unit, newEvents }, i) => ({
      ...{ unit, claimed: proofs[i]?.claimed ?? newEvents, onBus: proofs[i]?.onBus ?? 0 },
      missing: [...(proofs[i]?.missing ?? [])],
    })),
    more: false,
  };
}
