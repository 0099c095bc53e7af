import type { Context, SQSEvent } from 'aws-lambda';
import { fileLanePorts } from '#adapters/file-lane/aws/file-lane-ports.ts';
import { type FileLaneHandler, fileLane } from '#functions/file-lane.ts';
import type { PublishForm } from '#shared/contract/publish-form.ts';
import { lanes } from '../lane/lanes.ts';
import { measureCalls } from '../rivals/subject.ts';

/**
 * The lane's function as it is deployed, with all its calls: `lane-calls <warm-up> <measured> single|batch [row]`. It has an id of its
 * own, so that no other run's file makes its own a duplicate.
 */
const [publish, duplicates = 'file'] = process.argv.slice(4) as [PublishForm, 'row'?];
const ports = fileLanePorts(process.env);
const rowsOf = (key: string): number => Number(/-(\d+)\.csv$/.exec(key)?.[1]);

await measureCalls(async key => {
  const lane = { ...lanes[duplicates], id: `orders-${process.pid}-${rowsOf(key)}`, publish };
  const delivery = { ...lane.delivery, name: 'orders_{digits}-{digits}.csv' };
  const handler = fileLane({ ...lane, delivery }, ports);
  // A call that takes too long on a busy machine stops the work at its checkpoint; the queue brings the message again.
  for (let receives = 1; !(await isFinished(handler, noticeOf(key))); receives++)
    if (receives === 5) throw new Error(`${key} was not finished`);
  const units = rowsOf(key);
  // Entries that are shared are paid by their bytes.
  return { units, entries: publish === 'batch' ? 0 : units };
});

async function isFinished(handler: FileLaneHandler, event: SQSEvent): Promise<boolean> {
  const context = { awsRequestId: 'invocation', getRemainingTimeInMillis: () => 900_000 } as Context;
  return (await handler(event, context)).batchItemFailures.length === 0;
}

function noticeOf(key: string): SQSEvent {
  const body = JSON.stringify({
    id: key,
    time: new Date().toISOString(),
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'inbound' }, object: { key, etag: process.env[`ETAG ${key}`] } },
  });
  const record = { messageId: '1', receiptHandle: 'r', body, attributes: { ApproximateReceiveCount: '1' } };
  return { Records: [record] } as unknown as SQSEvent;
}
