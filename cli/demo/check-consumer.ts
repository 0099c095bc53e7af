import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Cloud } from './cloud.ts';

/** What the example of a consumer made of the samples' events. */
export interface ConsumerRun {
  readonly line: string;
  readonly differences: readonly string[];
}

type Versions = ReadonlyMap<string, unknown>;

const waitMilliseconds = 15_000;

/** Waits until the consumer has the newest level of each article, whichever form it was published in. Undefined without the consumer. */
export async function checkConsumer(cloud: Cloud): Promise<ConsumerRun | undefined> {
  const { consumer, credentials, endpoints, region } = cloud.description;
  if (!consumer) return undefined;
  const client = new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb });
  const events = (await cloud.events()).filter(event => event['detail-type'] === consumer.eventType);
  const expected = newestOf(events.map(({ detail }) => detail));
  let kept: Versions;
  const until = Date.now() + waitMilliseconds;
  do {
    await setTimeout(100);
    kept = await keptIn(client, consumer.tableName);
  } while (!isDeepStrictEqual(kept, expected) && Date.now() < until);
  client.destroy();
  const isRight = isDeepStrictEqual(kept, expected);
  return {
    line: `consumer ${consumer.id}: ${events.length} events, the newest stock of ${kept.size} items`,
    differences: isRight
      ? []
      : [`${consumer.id}: ${kept.size} items are stored; by the events there are ${expected.size}`],
  };
}

/** Its sequence, by aggregate. */
function newestOf(details: readonly Readonly<Record<string, unknown>>[]): Versions {
  const newest = new Map<string, string>();
  for (const { tenantid, aggregateid, sequence } of details) {
    const key = `${tenantid} ${aggregateid}`;
    newest.set(key, [newest.get(key) ?? '', String(sequence)].sort().at(-1) ?? '');
  }
  return newest;
}

async function keptIn(client: DynamoDBClient, TableName: string): Promise<Versions> {
  const kept = new Map<string, unknown>();
  for await (const { Items = [] } of paginateScan(
    { client: DynamoDBDocumentClient.from(client) },
    { TableName },
  ))
    for (const { pk, sequence } of Items) kept.set(aggregateIn(String(pk)), sequence);
  return kept;
}

/** Tenant and aggregate of a key, whose parts have their lengths before them. */
function aggregateIn(key: string): string {
  const parts: string[] = [];
  for (let rest = key; rest !== ''; ) {
    const [, length = '0', tail = ''] = /^(\d+):(.*)$/s.exec(rest) ?? [];
    parts.push(tail.slice(0, Number(length)));
    rest = tail.slice(Number(length));
  }
  return `${parts[0]} ${parts[2]}`;
}
