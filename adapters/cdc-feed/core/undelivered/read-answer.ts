import * as z from 'zod';
import { type FaultCode, faultKinds } from '#shared/contract/fault.ts';
import { logLines } from '../feed/log-lines.ts';
import type { UndeliveredRecord } from './undelivered-batch.ts';

/** Of Kafka the offset. */
const identifier = z.union([
  z.string(),
  z.object({ offset: z.int() }).transform(({ offset }) => String(offset)),
]);
const answer = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: identifier })),
  stops: z.array(z.object({ itemIdentifier: z.string(), code: z.string() })).optional(),
  disabled: z.literal(true).optional(),
});

/** Where a feed's function stopped. */
export interface StoppedAt {
  /** Place of the record among those that the function was given. Those before it ended. */
  readonly index: number;
  readonly reason: string;
  /** Nothing was done: the feed is disabled. */
  readonly isDisabled?: true;
}

/**
 * Where a feed's function stopped, by its partial batch response; undefined when it finished the whole batch. An answer in any
 * other form counts as a failure here, though a mapping would take it for success.
 */
export function stopIn(given: unknown, records: readonly UndeliveredRecord[]): StoppedAt | undefined {
  const read = answer.safeParse(given);
  if (!read.success) return { index: 0, reason: `its answer cannot be read: ${JSON.stringify(given)}` };
  if (read.data.disabled) return { index: 0, reason: 'the feed is disabled', isDisabled: true };
  const [failure] = read.data.batchItemFailures;
  if (!failure) return undefined;
  const code = read.data.stops?.find(stop => stop.itemIdentifier === failure.itemIdentifier)?.code;
  const index = records.findIndex(({ id }) => id === failure.itemIdentifier);
  return { index: Math.max(0, index), reason: reasonOf(code) };
}

const reasonOf = (code: string | undefined): string =>
  code !== undefined && code in faultKinds
    ? `${code}: ${faultKinds[code as FaultCode].meaning}. ${faultKinds[code as FaultCode].remedy}`
    : `its log names the fault (“${logLines.batchStopped}”)`;
