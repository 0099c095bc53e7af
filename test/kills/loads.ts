import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { benchFile } from '#bench/files.ts';
import { FeedCloud } from '#cli/demo/feeds/feed-cloud.ts';
import type { SampleRecord } from '#cli/demo/feeds/feed-samples.ts';
import { signedHeaders } from '#cli/demo/sign.ts';
import type { LocalCloud } from '#local/start-local-cloud.ts';
import { change, lena } from '#test/cdc-feed/flow/debezium.ts';
import type { Load, Seen } from './kill-run.ts';

const pollMilliseconds = 1_000;
/** Of the whole. Two minutes after a death the work goes on. */
const patienceSeconds = 6 * 3_600;

async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let waited = 0; waited < patienceSeconds * 1000; waited += pollMilliseconds) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(pollMilliseconds);
  }
  throw new Error(`${what} did not come in ${patienceSeconds} seconds`);
}

const allOf = (what: string, seen: Seen, size: number) =>
  until(what, async () => (seen.ids.size >= size ? true : undefined));

/** A file of so many rows, whose rows are compared with those of all files. */
export const fileOf = (rows: number): Load => ({
  integration: 'acme-orders',
  unit: 'rows',
  size: rows,
  async play({ description }) {
    const { path } = await benchFile(`rows-${rows}`, { rows });
    const { region, credentials, endpoints, buckets, lanes } = description;
    const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
    const [lane] = lanes;
    if (!lane) throw new Error('no lane is up');
    const name = 'orders_20261103.csv';
    const put = { Bucket: buckets.inbound, Key: lane.inPrefix + name, Body: createReadStream(path) };
    await new Upload({ client: s3, params: put }).done();
    const Key = `${lane.ackPrefix}${name}.ack.json`;
    const ack = await until('the acknowledgement', async () => {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: buckets.inbound, Key }));
        return JSON.parse((await Body?.transformToString()) ?? '') as Acknowledgement;
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    });
    s3.destroy();
    const { state, balanced, counts } = ack;
    const isTrue = state === 'complete' && balanced && counts.received === rows && counts.published === rows;
    return isTrue ? [] : [`the answer says ${JSON.stringify({ state, balanced, counts })}`];
  },
});

interface Acknowledgement {
  readonly state: string;
  readonly balanced: boolean;
  readonly counts: Readonly<Record<string, number>>;
}

const sendersAtOnce = 12;

/** So many signed webhooks, sent again where they are answered 5xx. */
export const webhooks = (count: number): Load => ({
  integration: 'fleet-shipments',
  unit: 'webhooks',
  size: count,
  async play(cloud, seen) {
    const problems: string[] = [];
    let next = 0;
    const send = async () => {
      for (let n = next++; n < count; n = next++) {
        const status = await deliver(cloud, n);
        if (status !== 202) problems.push(`webhook ${n} was answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: sendersAtOnce }, send));
    if (problems.length === 0) await allOf('the events of all webhooks', seen, count);
    return problems;
  },
});

const attemptsMax = 100;

async function deliver({ description: { fences } }: LocalCloud, n: number): Promise<number> {
  const [fence] = fences;
  if (!fence) throw new Error('no fence is up');
  const body = Buffer.from(
    JSON.stringify({
      type: 'shipment.updated',
      timestamp: '2026-11-20T09:00:00Z',
      data: {
        tenant: 'acme',
        shipment_id: `SH-${n}`,
        status: 'delivered',
        carrier: 'Fleet Express',
        tracking_number: `FX${n}`,
        occurred_at: '2026-11-20T09:00:00Z',
      },
    }),
  );
  for (let attempt = 1; ; attempt++) {
    const signing = { url: fence.url, body, id: `msg_${n}`, sentAt: Date.now() };
    const signed = signedHeaders(schemes['standard-webhooks'], fence.secrets, signing);
    const headers = { 'content-type': 'application/json', ...signed };
    const { status } = await fetch(fence.url, { method: 'POST', headers, body });
    if ((status < 500 && status !== 429) || attempt === attemptsMax) return status;
    await sleep(500);
  }
}

const recordsAPut = 500;

/** So many changes, each of a row of its own. */
export const changes = (count: number): Load => ({
  integration: 'crm-customers',
  unit: 'changes',
  size: count,
  async play({ description }, seen) {
    const cloud = new FeedCloud(description);
    const [feed] = cloud.feeds;
    if (!feed) throw new Error('no feed is up');
    for (let from = 0; from < count; from += recordsAPut) {
      const records = Array.from({ length: Math.min(recordsAPut, count - from) }, (_, i) => update(from + i));
      await cloud.put(feed, records);
    }
    await allOf('the events of all changes', seen, count);
    const quarantined = await cloud.quarantined(feed);
    cloud.stop();
    return quarantined.map(({ code, sequenceNumber }) => `change ${sequenceNumber} is quarantined: ${code}`);
  },
});

function update(n: number): SampleRecord {
  const before = { ...lena, id: 100_000 + n, email: `customer${n}@example.com` };
  const after = { ...before, tier: 'S', updated_at: '2026-11-02T09:10:11.5Z' };
  const { data, partitionKey } = change({ op: 'u', before, after, lsn: 24_023_128 + n * 56, txId: 555 + n });
  return { data: data as SampleRecord['data'], partitionKey: partitionKey ?? String(n) };
}
