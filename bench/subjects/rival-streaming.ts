import type { Readable } from 'node:stream';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse';
import { eventBridge, s3 } from '../rivals/clients.ts';
import { entryOf, orderOf } from '../rivals/order-event.ts';
import { measureCalls } from '../rivals/subject.ts';

/** (c) The simplest that streams: csv-parse, ten events a call, nothing checked, nothing remembered. */

await measureCalls(async Key => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'inbound', Key }));
  let count = 0;
  let Entries: ReturnType<typeof entryOf>[] = [];
  const put = async () => {
    await eventBridge.send(new PutEventsCommand({ Entries }));
    Entries = [];
  };
  for await (const row of (Body as Readable).pipe(parse({ columns: true }))) {
    count += 1;
    if (Entries.push(entryOf(orderOf(row))) === 10) await put();
  }
  if (Entries.length > 0) await put();
  return count;
});
