import * as z from 'zod';
import { readKafkaRecord, readStreamRecord } from './read-record.ts';
import type { UndeliveredBatch, UndeliveredRecord } from './undelivered-batch.ts';

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

/** The event with these records alone, of each shard in the order in which they were read. */
export function eventWith(event: object, left: readonly (readonly UndeliveredRecord[])[]): object {
  const values = left.map(records => records.map(({ value }) => value));
  if (!('records' in event)) return { ...event, Records: values[0] };
  const names = Object.keys(event.records as object);
  const records = names.flatMap((name, n) => (values[n]?.length ? [[name, values[n]]] : []));
  return { ...event, records: Object.fromEntries(records) };
}

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
