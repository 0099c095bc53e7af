import type { OutputOf } from '#operate/core/operations.ts';

type Count = OutputOf<'countEvents'>['counts'][number];

/** Events by span of time: the same spans for all integrations, oldest first. */
export interface EventRates {
  /** Epoch seconds at which each span begins. */
  readonly starts: readonly number[];
  readonly total: readonly number[];
  readonly byIntegration: ReadonlyMap<string, readonly number[]>;
}

/** Fills spans without events with zero. */
export function eventRates(
  counts: readonly Count[],
  { from, to, spanSeconds }: { readonly from: number; readonly to: number; readonly spanSeconds: number },
): EventRates {
  const first = Math.floor(from / 1_000 / spanSeconds) * spanSeconds;
  const length = Math.max(1, Math.ceil((to / 1_000 - first) / spanSeconds));
  const empty = () => Array.from({ length }, () => 0);
  const total = empty();
  const byIntegration = new Map<string, number[]>();
  for (const { integration, at, events } of counts) {
    const n = (Date.parse(at) / 1_000 - first) / spanSeconds;
    const own = byIntegration.get(integration) ?? empty();
    if (total[n] === undefined) continue;
    total[n] += events;
    own[n] = (own[n] ?? 0) + events;
    byIntegration.set(integration, own);
  }
  return { starts: total.map((_, n) => first + n * spanSeconds), total, byIntegration };
}
