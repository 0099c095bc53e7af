import * as z from 'zod';
import { readKafkaRecord, readStreamRecord } from './read-record.ts';
import type { UndeliveredBatch } from './undelivered-batch.ts';

/** The records of one shard in the event that a function was given. */
export type ShardRecords = Pick<UndeliveredBatch, 'stream' | 'shard' | 'records' | 'eventOf'>;

const streamEvent = z.object({ Records: z.array(z.unknown()).min(1) });
const partitions = z.record(z.string(), z.array(z.unknown()).min(1));
const kafkaEvent = z.looseObject({
  records: partitions.refine(each => Object.keys(each).length > 0, 'no partition'),
});

/**
 * Reads an event of Kinesis, DynamoDB Streams or Kafka. The first two hold records of the one shard named beside them, the
 * last those of several partitions.
 * @throws ZodError when it is none.
 */
export const readEvent = (event: unknown, shard: string | undefined): readonly ShardRecords[] =>
  typeof event === 'object' && event !== null && 'records' in event
    ? readPartitions(kafkaEvent.parse(event))
    : [readShard(streamEvent.parse(event), z.string({ error: 'it names no shard' }).parse(shard))];

function readShard({ Records }: z.infer<typeof streamEvent>, shard: string): ShardRecords {
  const [first, ...others] = Records;
  const { stream, record } = readStreamRecord(first);
  return {
    stream,
    shard,
    records: [record, ...others.map(value => readStreamRecord(value).record)],
    eventOf: records => ({ Records: records.map(({ value }) => value) }),
  };
}

const readPartitions = (event: z.infer<typeof kafkaEvent>): ShardRecords[] =>
  Object.entries(event.records).map(([name, [first, ...others]]) => {
    const { stream, partition, record } = readKafkaRecord(first);
    return {
      stream,
      shard: String(partition),
      records: [record, ...others.map(value => readKafkaRecord(value).record)],
      eventOf: records => ({ ...event, records: { [name]: records.map(({ value }) => value) } }),
    };
  });
