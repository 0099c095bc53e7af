import { isWhole } from '#shared/contract/is-whole.ts';
import { checkWord } from '#shared/contract/names.ts';
import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import type { CdcFeed } from './cdc-feed.ts';
import type { CdcSource } from './cdc-source.ts';
import type { DataStream, KafkaTopics, Pollers, Stream } from './cdc-stream.ts';

const carriers: Readonly<Record<CdcSource['kind'], readonly Stream['kind'][]>> = {
  debezium: ['kinesis', 'kafka'],
  dms: ['kinesis', 'kafka'],
  dynamodb: ['dynamodb', 'kinesis'],
};

/** What the stream must be for this source and these tables. @throws ContractError */
export function checkStream(where: string, feed: CdcFeed): void {
  const { source, stream } = feed;
  const known = carriers[source.kind];
  requireThat(
    where,
    known.includes(stream.kind),
    `changes of ${source.kind} come over ${known.join(' or ')}, not over ${stream.kind}`,
  );
  if (source.kind === 'dynamodb') {
    const form = stream.kind === 'dynamodb' ? 'streams' : 'kinesis';
    requireThat(where, source.form === form, `source.form must be '${form}' over a ${stream.kind} stream`);
  }
  if (stream.kind === 'kinesis') checkDataStream(where, feed, stream);
  if (stream.kind === 'dynamodb') checkTableStream(where, feed, stream.table);
  if (stream.kind === 'kafka') checkTopics(where, feed, stream);
  if (Object.values(feed.tables).some(({ kind }) => kind === 'outbox')) checkOutboxOrder(where, feed);
}

function checkDataStream(
  where: string,
  feed: CdcFeed,
  { name, madeBy, shards, retentionHours }: DataStream,
): void {
  checkWord(`${where}: stream.name`, name);
  requireThat(
    where,
    madeBy !== feed.id,
    'stream.madeBy names another feed; without it, the stack of this one makes the stream',
  );
  requireThat(
    where,
    shards === 'on-demand' || isWhole(shards, 1, 10_000),
    "stream.shards must be a whole number from 1, or 'on-demand'",
  );
  requireThat(
    where,
    isWhole(retentionHours, 24, 8_760),
    'stream.retentionHours must be a whole number from 24 to 8,760',
  );
}

function checkTableStream(where: string, { tables }: CdcFeed, table: string): void {
  const names = Object.keys(tables);
  requireThat(
    where,
    names.length === 1 && names[0] === table,
    `the stream of table "${table}" carries its changes alone, so tables must name it and no other; it names ${names.join(', ')}`,
  );
}

/** AWS: characters of a consumer group's id, less the longest stage and two dots. */
const groupCharactersMax = 200 - 14;

/** AWS: event pollers of one mapping, at least and at most. */
const pollersMax = { min: 200, max: 2_000 };

function checkPollers(where: string, pollers: Pollers): void {
  refuseUnknownOptions(`${where}: stream.pollers`, pollers, ['min', 'max']);
  const { min, max } = pollers;
  requireThat(
    where,
    isWhole(min, 1, pollersMax.min) && isWhole(max, min, pollersMax.max),
    `stream.pollers: min must be a whole number from 1 to ${pollersMax.min}, and max one from there to ${pollersMax.max}`,
  );
}

function checkTopics(where: string, { id }: CdcFeed, { topics, pollers }: KafkaTopics): void {
  if (pollers) checkPollers(where, pollers);
  requireThat(where, topics.length > 0, 'stream.topics must name a topic');
  requireThat(where, new Set(topics).size === topics.length, 'stream.topics must differ from each other');
  for (const topic of topics) {
    const isName = /^[a-zA-Z0-9._-]{1,249}$/.test(topic) && topic !== '.' && topic !== '..';
    requireThat(where, isName, `stream.topics: "${topic}" is no name of a topic`);
    requireThat(
      where,
      id.length + topic.length <= groupCharactersMax,
      `stream.topics: "${topic}" and the feed’s id are longer than ${groupCharactersMax} characters together, and name its consumer group`,
    );
  }
}

/**
 * Rows of an outbox are spread by their own ids, so that only one reader of one shard meets those of an aggregate in order. The
 * partitions of a topic and the key of a DynamoDB table are not ours to see: the guide says what they must be.
 */
function checkOutboxOrder(where: string, { source, stream, parallelBatchesPerShard }: CdcFeed): void {
  requireThat(
    where,
    source.kind !== 'dynamodb' || source.form !== 'kinesis',
    "an outbox in DynamoDB is read from the table's own stream: Kinesis is given its changes in any order",
  );
  requireThat(
    where,
    (stream.kind !== 'kinesis' || stream.shards === 1) && parallelBatchesPerShard === 1,
    'an outbox is read in order by one reader of one shard: stream.shards and parallelBatchesPerShard must be 1',
  );
}
