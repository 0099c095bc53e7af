import { invalid } from '../problem.ts';

const hourMilliseconds = 3_600_000;

/** The range of time that is searched: the hour before now where nothing is said. @throws Problem */
export function askedRange(
  now: number,
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
): { readonly from: string; readonly to: string } {
  const to = given.to ?? new Date(now + 1_000).toISOString();
  const from = given.from ?? new Date(Date.parse(to) - hourMilliseconds).toISOString();
  if (from < to) return { from, to };
  throw invalid('from is not before to', 'Give a from that is earlier than to.');
}
