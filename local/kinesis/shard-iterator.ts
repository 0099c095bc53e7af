import { KinesisError } from './kinesis-error.ts';

/** A place in a shard. Opaque to clients; never expires here. */
export interface ShardPlace {
  readonly stream: string;
  readonly shard: string;
  readonly index: number;
}

export const writeIterator = (place: ShardPlace): string =>
  Buffer.from(JSON.stringify([place.stream, place.shard, place.index])).toString('base64');

/** @throws KinesisError on what was not written by `writeIterator`. */
export function readIterator(text: string): ShardPlace {
  try {
    const [stream, shard, index] = JSON.parse(Buffer.from(text, 'base64').toString());
    if (typeof stream === 'string' && typeof shard === 'string' && Number.isInteger(index))
      return { stream, shard, index };
  } catch (problem) {
    throw new KinesisError('InvalidArgumentException', `Invalid ShardIterator: ${problem}`);
  }
  throw new KinesisError('InvalidArgumentException', 'Invalid ShardIterator');
}
