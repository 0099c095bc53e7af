import { type Call, callBytesMax, callsOf } from '#adapters/cdc-feed/core/undelivered/calls.ts';
import { type StoppedAt, stopIn } from '#adapters/cdc-feed/core/undelivered/read-answer.ts';
import type {
  UndeliveredBatch,
  UndeliveredRecord,
} from '#adapters/cdc-feed/core/undelivered/undelivered-batch.ts';
import { AccessDenied } from '#shared/ports.ts';
import type { Redelivery } from '../../plan-ports.ts';

/** How far the delivery of records came. */
export interface Delivered {
  /** From the first. */
  readonly ended: readonly UndeliveredRecord[];
  /** Of the record after them; undefined when all ended. */
  readonly stop?: Omit<StoppedAt, 'index'>;
}

/** Invokes a feed's function with records of a batch, in as few calls as Lambda takes. @throws AccessDenied */
export async function deliverRecords(
  redelivery: Redelivery,
  feed: string,
  { batch, records }: { readonly batch: UndeliveredBatch; readonly records: readonly UndeliveredRecord[] },
): Promise<Delivered> {
  const ended: UndeliveredRecord[] = [];
  for (const call of callsOf(batch, records)) {
    const stop = await invoke(redelivery, feed, call);
    ended.push(...call.records.slice(0, stop?.index));
    if (stop) return { ended, stop };
  }
  return { ended };
}

async function invoke(
  redelivery: Redelivery,
  feed: string,
  { event, records, bytes }: Call,
): Promise<StoppedAt | undefined> {
  if (bytes > callBytesMax) return { index: 0, reason: tooLarge(bytes) };
  try {
    return stopIn(await redelivery.deliver(feed, event), records);
  } catch (error) {
    if (error instanceof AccessDenied) throw error;
    return { index: 0, reason: (error as Error).message };
  }
}

const tooLarge = (bytes: number): string =>
  `it alone makes an invocation of ${bytes} bytes, and Lambda’s limit is ${callBytesMax}: have its row written again, then delete the object`;
