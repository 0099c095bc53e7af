import type { ListedItem, ListingProblem } from '#adapters/webhook-fence/core/listing/listing-page.ts';
import { limits } from '#shared/contract/limits.ts';
import { addTallied, nothingFound, type Tallied, talliedOne } from './results.ts';

interface Marks {
  readonly missing: readonly (ListedItem & { readonly foundAt: number })[];
  readonly silentSince?: number | undefined;
}

interface Comparison {
  readonly now: number;
  /** Items that were looked at. */
  readonly compared: number;
  readonly problem: ListingProblem | undefined;
}

/** Each missing item by its id; people are called when it is found. */
export function listingFindings(integration: string, marks: Marks, comparison: Comparison): Tallied {
  const { now, compared, problem } = comparison;
  const found = marks.missing.filter(({ foundAt }) => foundAt >= now).length;
  const matched = { ...nothingFound.results, matched: Math.max(0, compared - found) };
  const missing = marks.missing.map(({ id, at, foundAt }) =>
    talliedOne({
      integration,
      about: id,
      result: 'external-success',
      detail: `the provider has it since ${at}, and no delivery of it was accepted; ask the provider to send it again`,
      needsPeople: foundAt >= now,
    }),
  );
  const parts = problem ? [...missing, failed(integration, marks, { now, problem })] : missing;
  return parts.reduce((sum, one) => addTallied(sum, one, limits.reconcileFindingsMax), {
    ...nothingFound,
    results: matched,
  });
}

/** A token that may not list is for people at once, a provider that does not answer after a day. */
function failed(
  integration: string,
  { silentSince = 0 }: Marks,
  { now, problem }: { readonly now: number; readonly problem: ListingProblem },
): Tallied {
  const isOld = now - silentSince >= 1_000 * limits.listingSilentSeconds;
  return talliedOne({
    integration,
    about: integration,
    result: 'unknown',
    detail: `the provider was not asked to the end what it has: ${problem.detail}`,
    needsPeople: problem.kind !== 'later' || isOld,
  });
}
