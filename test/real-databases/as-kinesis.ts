import type { PutRecord } from '../cdc-feed/flow/stream-events.ts';
import type { Random } from './random.ts';

/**
 * The records as a stream may hold them. A connector that starts again writes again what it has not noted as written; Kinesis
 * takes a part of a request, and the connector then writes the rest behind newer records.
 */
export function asKinesis(records: readonly PutRecord[], random: Random): PutRecord[] {
  const stream: PutRecord[] = [];
  for (let at = 0; at < records.length; ) {
    const request = records.slice(at, at + 1 + random.below(20));
    at += request.length;
    const refused = request.filter(() => random.chance(0.1));
    stream.push(...request.filter(record => !refused.includes(record)), ...refused);
    if (random.chance(0.1)) at = Math.max(0, at - random.below(30));
  }
  return stream;
}
