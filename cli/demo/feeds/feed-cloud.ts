import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { logLines } from '#adapters/cdc-feed/core/feed/log-lines.ts';
import type { CloudDescription, FeedDescription } from '#local/cloud-description.ts';
import { required } from '#local/required.ts';
import { outcomes, type Tally } from '#shared/core/outcome/tally.ts';
import { type EventLine, eachOnce } from '../cloud.ts';
import { bytesOf, type SampleRecord } from './feed-samples.ts';
import { writeOf } from './table-writes.ts';

export type FeedTally = Tally & { readonly received: number };

/** A quarantined change, as it stands in the quarantine bucket. */
export interface QuarantinedLine {
  readonly sequenceNumber: string;
  readonly code: string;
}

/** What a database’s connector, an operator and a consumer do with the feeds of a local cloud. */
export class FeedCloud {
  readonly #description: CloudDescription;
  /** Whether services fail and functions are killed: then batches are brought more than once. */
  readonly hasChaos: boolean;
  readonly #kinesis: KinesisClient;
  readonly #dynamodb: DynamoDBClient;
  readonly #s3: S3Client;

  constructor(description: CloudDescription, { hasChaos = false } = {}) {
    this.#description = description;
    this.hasChaos = hasChaos;
    const { region, credentials, endpoints } = description;
    const common = { region, credentials };
    this.#kinesis = new KinesisClient({ ...common, endpoint: endpoints.kinesis });
    this.#dynamodb = new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb });
    this.#s3 = new S3Client({ ...common, endpoint: endpoints.s3, forcePathStyle: true });
  }

  get feeds(): readonly FeedDescription[] {
    return this.#description.feeds;
  }

  /** Puts records on the feed's data stream, or writes to its table what they describe. */
  async put({ kind, stream }: FeedDescription, records: readonly SampleRecord[]): Promise<void> {
    if (kind === 'dynamodb') for (const record of records) await this.#write(stream, record);
    else await this.#putRecords(stream, records);
  }

  async #putRecords(StreamName: string, records: readonly SampleRecord[]): Promise<void> {
    const Records = records.map(record => ({
      PartitionKey: record.partitionKey ?? 'default',
      Data: bytesOf(record),
    }));
    const { FailedRecordCount } = await this.#kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    if (FailedRecordCount) throw new Error(`${StreamName} did not take ${FailedRecordCount} records`);
  }

  async #write(TableName: string, record: SampleRecord): Promise<void> {
    const write = writeOf(record, TableName);
    if (!write) throw new Error(`no write to ${TableName} leads to ${JSON.stringify(record.data)}`);
    if ('put' in write) await this.#dynamodb.send(new PutItemCommand({ TableName, Item: write.put }));
    else await this.#dynamodb.send(new DeleteItemCommand({ TableName, Key: write.remove }));
  }

  /** The sum of a feed's books so far, as its log states them batch by batch. */
  async tally({ functionName }: FeedDescription): Promise<FeedTally> {
    const url = `${this.#description.endpoints.console}/logs?function=${functionName}`;
    const lines = (await (await fetch(url)).text()).split('\n').filter(line => line.startsWith('{'));
    const settled = lines
      .map(line => JSON.parse(line))
      .filter(line => line.message === logLines.batchSettled);
    const sum = (of: (line: Record<string, number>) => number) =>
      settled.reduce((total: number, line) => total + of(line), 0);
    const counts = outcomes.map(outcome => [outcome, sum(line => line[outcome] ?? 0)]);
    return {
      ...Object.fromEntries(counts),
      received: sum(({ received = 0, again = 0 }) => received - again),
    } as FeedTally;
  }

  /** The events that name a raw batch of this feed. */
  async events({ id }: FeedDescription): Promise<readonly EventLine[]> {
    const text = await (await fetch(`${this.#description.endpoints.console}/events`)).text();
    const events = text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as EventLine);
    const own = `s3://${this.#description.buckets.raw}/${id}/`;
    const found = events.filter(
      ({ source, detail }) => source !== 'edge' && String(detail.rawref).startsWith(own),
    );
    return this.hasChaos ? eachOnce(found) : found;
  }

  /** A feed's quarantined changes in the order of their stream. */
  async quarantined({ id }: FeedDescription): Promise<readonly QuarantinedLine[]> {
    const Bucket = this.#description.buckets.quarantine;
    const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${id}/` }));
    const changes: QuarantinedLine[] = [];
    for (const { Key } of Contents) {
      const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket, Key }));
      changes.push(JSON.parse(await required(Body, `content of ${Key}`).transformToString()));
    }
    return changes.sort((a, b) => (BigInt(a.sequenceNumber) < BigInt(b.sequenceNumber) ? -1 : 1));
  }

  stop(): void {
    for (const client of [this.#kinesis, this.#dynamodb, this.#s3]) client.destroy();
  }
}
