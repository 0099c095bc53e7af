import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';
import type { Work } from './work.ts';

/** Points to a delivery that is archived and answered but not yet published. Holds no payload. */
const message = z.strictObject({
  kind: z.literal('edge.spilled'),
  correlationId: z.string(),
  /** In the raw bucket. */
  key: z.string(),
  /** Since when the message waits for the bus (ISO 8601 UTC), and how often it was sent again. */
  waited: z.strictObject({ since: z.string(), times: z.number() }).optional(),
});

export type SpillPointer = Omit<z.infer<typeof message>, 'kind'>;

/** @throws when the queue does not accept it: the delivery is then not answered 202. */
export const spillDelivery = ({ ports }: Work, pointer: SpillPointer): Promise<void> =>
  ports.spillQueue.send([{ kind: 'edge.spilled', ...pointer }]);

/**
 * Sends a message again while the bus is down: sooner at first, then ever later. The new message has all its receives. False, and
 * nothing is sent, when it has waited for `busWaitSecondsMax`.
 */
export async function postponeSpilled({ ports }: Work, pointer: SpillPointer): Promise<boolean> {
  const now = ports.clock.now();
  const since = pointer.waited?.since ?? new Date(now).toISOString();
  if (now - Date.parse(since) >= limits.busWaitSecondsMax * 1000) return false;
  const times = (pointer.waited?.times ?? 0) + 1;
  await ports.spillQueue.send(
    [{ kind: 'edge.spilled', ...pointer, waited: { since, times } }],
    retrySeconds(times),
  );
  return true;
}

/** As new, so that it uses up no receive: the queue is read for a moment after its fence was disabled. */
export const putBack = ({ ports }: Work, pointer: SpillPointer): Promise<void> =>
  ports.spillQueue.send([{ kind: 'edge.spilled', ...pointer }], limits.disabledDelaySeconds);

/** @throws when the text is no such message. The queue then keeps it, and moves it to the dead letters. */
export const parseSpilled = (text: string): SpillPointer => message.parse(JSON.parse(text));
