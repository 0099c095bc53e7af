import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { kinesisEvent } from '../feed/kinesis-batch.ts';
import { eventBridge } from '../rivals/clients.ts';
import { entryOf } from '../rivals/order-event.ts';
import { measureCalls } from '../rivals/subject.ts';

/** The simplest handler of changes: JSON.parse, ten events a call, nothing checked, nothing remembered. */
await measureCalls(async batches => {
  let count = 0;
  for (let n = 0; n < Number(batches); n++) {
    const { Records } = kinesisEvent(n);
    const changes = Records.map(({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, 'base64').toString()));
    for (let at = 0; at < changes.length; at += 10) {
      const Entries = changes
        .slice(at, at + 10)
        .map(({ after }) => entryOf(after, 'customers.customer.updated.v1'));
      await eventBridge.send(new PutEventsCommand({ Entries }));
    }
    count += changes.length;
  }
  return count;
});
