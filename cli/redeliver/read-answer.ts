import * as z from 'zod';
import type { GivenRecord } from './given-up.ts';

const answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/**
 * Where a feed's function stopped, as its partial batch response says: undefined when it ended the whole batch. An answer that
 * says nothing of it is not believed, where a mapping would take it for success.
 */
export function stopIn(given: unknown, records: readonly GivenRecord[]): string | undefined {
  const read = answer.safeParse(given);
  if (!read.success) return `its answer cannot be read: ${JSON.stringify(given)}`;
  const [failure] = read.data.batchItemFailures;
  if (!failure) return undefined;
  const index = records.findIndex(({ id }) => id === failure.itemIdentifier);
  const place = index < 0 ? '' : `, number ${index + 1} of ${records.length}`;
  return `it stopped again at record ${failure.itemIdentifier}${place}; its log names the fault (“batch stopped”)`;
}
