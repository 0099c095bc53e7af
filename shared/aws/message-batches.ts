import { limits } from '../contract/limits.ts';

/** AWS: messages in one SendMessageBatch; its bytes together are bounded as one message's are. */
const batchMessagesMax = 10;

/**
 * Cuts message bodies into as few batches as SendMessageBatch allows, in order.
 * @throws RangeError, before anything is sent, for a body that no queue takes.
 */
export function messageBatches(bodies: readonly string[]): string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body);
    if (bytes > limits.messageBytesMax) throw new RangeError(`a message of ${bytes} bytes is too large`);
    const batch = batches.at(-1);
    if (batch && batch.length < batchMessagesMax && bytes <= room) batch.push(body);
    else batches.push([body]);
    room = (batches.at(-1) === batch ? room : limits.messageBytesMax) - bytes;
  }
  return batches;
}
