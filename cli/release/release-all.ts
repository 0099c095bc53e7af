import * as z from 'zod';
import {
  type ReleaseOrder,
  type ReleasePlace,
  releasePlace,
} from '#adapters/webhook-fence/core/webhook/release-order.ts';

/** What the release function answers, as far as it is shown. */
const report = z.object({
  seen: z.int(),
  ends: z.record(z.string(), z.int()),
  released: z.array(
    z.object({
      receivedAt: z.string(),
      correlationId: z.string(),
      end: z.string(),
      stale: z.literal(true).optional(),
    }),
  ),
  next: releasePlace.optional(),
  audit: z.string().optional(),
});

/** The results of all calls together. */
export type ReleaseSummary = Omit<z.infer<typeof report>, 'next' | 'audit'> & {
  /** URIs of the records of this release, one for each call. */
  readonly audits: readonly string[];
};

/** Calls a function with a payload and gives what it answers. */
export type Invoke = (payload: object) => Promise<unknown>;

/** Calls the function until it has looked at all rejects of the span: a call ends when its time is nearly over, and says where to go on. */
export async function releaseAll(invoke: Invoke, order: ReleaseOrder): Promise<ReleaseSummary> {
  let sum: ReleaseSummary = { seen: 0, ends: {}, released: [], audits: [] };
  let after: ReleasePlace | undefined;
  do {
    const { next, audit, ...part } = report.parse(await invoke({ ...order, ...(after && { after }) }));
    sum = {
      seen: sum.seen + part.seen,
      ends: addCounts(sum.ends, part.ends),
      released: [...sum.released, ...part.released],
      audits: [...sum.audits, ...(audit === undefined ? [] : [audit])],
    };
    after = next;
  } while (after);
  return sum;
}

const addCounts = (a: ReleaseSummary['ends'], b: ReleaseSummary['ends']): ReleaseSummary['ends'] =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map(end => [end, (a[end] ?? 0) + (b[end] ?? 0)]),
  );
