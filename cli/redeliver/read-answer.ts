import * as z from 'zod';
import { logLines } from '#adapters/cdc-feed/core/feed/log-lines.ts';
import { type FaultCode, faultKinds } from '#shared/contract/fault.ts';
import type { UndeliveredRecord } from './undelivered-batch.ts';

/** Of Kafka the offset. */
const identifier = z.union([
  z.string(),
  z.object({ offset: z.int() }).transform(({ offset }) => String(offset)),
]);
const answer = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: identifier })),
  /** From a function of this version. */
  stops: z.array(z.object({ itemIdentifier: z.string(), code: z.string() })).optional(),
});

/**
 * Where a feed's function stopped, by its partial batch response; undefined when it finished the whole batch. An answer in any
 * other form counts as a failure here, though a mapping would take it for success.
 */
export function stopIn(given: unknown, records: readonly UndeliveredRecord[]): string | undefined {
  const read = answer.safeParse(given);
  if (!read.success) return `its answer cannot be read: ${JSON.stringify(given)}`;
  const [failure] = read.data.batchItemFailures;
  if (!failure) return undefined;
  const index = records.findIndex(({ id }) => id === failure.itemIdentifier);
  const place = index < 0 ? '' : `, number ${index + 1} of ${records.length}`;
  const code = read.data.stops?.find(stop => stop.itemIdentifier === failure.itemIdentifier)?.code;
  return `it stopped again at record ${failure.itemIdentifier}${place}; ${reasonOf(code)}`;
}

const reasonOf = (code: string | undefined): string =>
  code !== undefined && code in faultKinds
    ? `${code}: ${faultKinds[code as FaultCode].meaning}. ${faultKinds[code as FaultCode].remedy}`
    : `its log names the fault (“${logLines.batchStopped}”)`;
