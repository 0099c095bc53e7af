import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse/sync';
import { required } from '#local/required.ts';
import { eventBridge, s3 } from '../rivals/clients.ts';
import { entryOf, orderOf } from '../rivals/order-event.ts';
import { measureCalls } from '../rivals/subject.ts';

/** (a) The handler that is written first: it reads the file whole and puts one event a row. */

await measureCalls(async Key => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'inbound', Key }));
  const rows = parse(await required(Body, 'body').transformToString(), { columns: true }) as Record<
    string,
    string
  >[];
  for (const row of rows) await eventBridge.send(new PutEventsCommand({ Entries: [entryOf(orderOf(row))] }));
  return rows.length;
});
