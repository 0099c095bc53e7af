import type { Context, DynamoDBStreamEvent, KinesisStreamEvent, MSKEvent } from 'aws-lambda';
import { cdcFeedPorts } from '#adapters/cdc-feed/aws/cdc-feed-ports.ts';
import { readDynamoDb } from '#adapters/cdc-feed/aws/read-dynamodb.ts';
import { readKafka } from '#adapters/cdc-feed/aws/read-kafka.ts';
import { readKinesis } from '#adapters/cdc-feed/aws/read-kinesis.ts';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { isReported } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { examiner } from '#adapters/cdc-feed/core/feed/examine.ts';
import type { ReprocessAnswer, ReprocessRequest } from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import type { StreamBatch } from '#adapters/cdc-feed/core/feed/stream-batch.ts';
import { BatchStopped, type Stop } from '#adapters/cdc-feed/flow/batch-stopped.ts';
import { reprocessChanges } from '#adapters/cdc-feed/flow/reprocess-changes.ts';
import { settleBatch } from '#adapters/cdc-feed/flow/settle-batch.ts';
import type { Work } from '#adapters/cdc-feed/flow/work.ts';
import type { CdcFeedPorts } from '#adapters/cdc-feed/ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';
import { isProofCall } from '#shared/aws/proof-call.ts';

export type StreamEvent = KinesisStreamEvent | DynamoDBStreamEvent | MSKEvent;

/** What the mapping reads: the first record of each shard that it must bring again; of Kafka all of them. */
export interface StreamAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string | KafkaPlace }[];
  /** The first of each shard with the reason, for an operator who redelivers; a mapping is given nothing that it does not know. */
  readonly stops?: readonly Stop[];
  /** For the same operator: the feed is disabled, so nothing was done. */
  readonly disabled?: true;
}

/** `<topic>-<partition>`, and the offset in it. */
export interface KafkaPlace {
  readonly partition: string;
  readonly offset: number;
}

/** An operator's event has the form of the stream's, and says so. */
type Redelivered<E> = E & { readonly redelivery?: true };

export interface CdcFeedHandler {
  (event: Redelivered<StreamEvent>, context: Context): Promise<StreamAnswer>;
  /** Invoked by an operator, never by a mapping. */
  (event: ReprocessRequest, context: Context): Promise<ReprocessAnswer>;
}

/**
 * The Lambda handler of a CDC feed, for the kind of stream that its contract names. The answer names to
 * Kinesis and DynamoDB Streams the first record that is not finished; they bring the shard again from there. To Kafka's pollers
 * it names all that are not finished of each partition, so that they come again in order.
 * @throws BatchStopped over Kafka without pollers, where the mapping only ever brings the whole batch again.
 */
export function cdcFeed(feed: CdcFeed, ports: CdcFeedPorts = cdcFeedPorts(process.env)): CdcFeedHandler {
  const examine = examiner(feed);
  const workOf = (context: Context): Work => ({ feed, ports, examine, invocation: invocationOf(context) });
  const settle = guardHandler(ports.log, async (event: Redelivered<StreamEvent>, context) => {
    const batches = batchesOf(feed, event);
    if (event.redelivery && (await ports.input.isDisabled(feed.id))) return disabledAnswer(feed, batches);
    const stopped = await settleAll(workOf(context), batches);
    const stops = stopped.map(({ stop }) => stop);
    const answer = answerOf(feed, stopped);
    if (event.redelivery) return { ...answer, stops };
    if (stops.length > 0 && !isReported(feed.stream)) throw new BatchStopped(stops);
    return answer;
  });
  const handle = async (event: Redelivered<StreamEvent> | ReprocessRequest, context: Context) => {
    // The auditor of the bus asks by its alias, and takes another answer.
    if (isProofCall(context)) return answer(workOf(context), event);
    return 'reprocess' in event ? reprocessChanges(workOf(context), event) : settle(event, context);
  };
  return handle as CdcFeedHandler;
}

/** Loaded when the auditor asks, which is rare. */
async function answer(work: Work, question: object): Promise<object> {
  const { answerProof } = await import('#adapters/cdc-feed/flow/answer-proof.ts');
  return answerProof(work, question);
}

interface FailedBatch {
  readonly batch: StreamBatch;
  /** Names the first record that is not finished. */
  readonly stop: Pick<Stop, 'itemIdentifier'>;
}

interface StoppedBatch extends FailedBatch {
  readonly batch: StreamBatch;
  readonly stop: Stop;
}

async function settleAll(work: Work, batches: readonly StreamBatch[]): Promise<readonly StoppedBatch[]> {
  const stopped: StoppedBatch[] = [];
  for (const batch of batches) {
    const { stop } = await settleBatch(work, batch);
    if (stop) stopped.push({ batch, stop });
  }
  return stopped;
}

/** Nothing is finished. */
function disabledAnswer(feed: CdcFeed, batches: readonly StreamBatch[]): StreamAnswer {
  const failures = batches.map(batch => ({
    batch,
    stop: { itemIdentifier: batch.records[0].sequenceNumber },
  }));
  return { ...answerOf(feed, failures), disabled: true };
}

function answerOf({ stream }: CdcFeed, stopped: readonly FailedBatch[]): StreamAnswer {
  const failures = stopped.flatMap<string | KafkaPlace>(({ batch, stop: { itemIdentifier } }) =>
    stream.kind === 'kafka' ? placesFrom(batch, itemIdentifier) : [itemIdentifier],
  );
  return { batchItemFailures: failures.map(itemIdentifier => ({ itemIdentifier })) };
}

/** AWS does not say whether what follows a record that it is told comes again too. */
function placesFrom({ stream, shard, records }: StreamBatch, failedFrom: string): KafkaPlace[] {
  const first = records.findIndex(({ sequenceNumber }) => sequenceNumber === failedFrom);
  return records
    .slice(first)
    .map(({ sequenceNumber }) => ({ partition: `${stream}-${shard}`, offset: Number(sequenceNumber) }));
}

function batchesOf(feed: CdcFeed, event: StreamEvent): StreamBatch[] {
  switch (feed.stream.kind) {
    case 'kinesis':
      return readKinesis(event as KinesisStreamEvent);
    case 'dynamodb':
      return readDynamoDb(event as DynamoDBStreamEvent);
    case 'kafka':
      return readKafka(event as MSKEvent);
  }
}
