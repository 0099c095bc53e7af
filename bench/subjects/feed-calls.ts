import type { Context } from 'aws-lambda';
import { cdcFeed } from '#functions/cdc-feed.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import { kinesisEvent } from '../feed/kinesis-batch.ts';
import { measureCalls } from '../rivals/subject.ts';

/** The feed's function as it is deployed, with all its calls: `feed-calls <warm-up> <measured> single|batch`, both in batches. */
const publish = process.argv[4] === 'batch' ? 'batch' : 'single';
const handler = cdcFeed({ ...crmCustomers, publish });
let next = 0;

await measureCalls(async batches => {
  let units = 0;
  for (let n = 0; n < Number(batches); n++, next++) {
    const event = kinesisEvent(next);
    const context = { awsRequestId: `i-${next}`, getRemainingTimeInMillis: () => 120_000 } as Context;
    const { batchItemFailures } = await handler(event, context);
    if (batchItemFailures.length > 0) throw new Error(`batch ${next} was not finished`);
    units += event.Records.length;
  }
  // Entries that are shared are paid by their bytes.
  return { units, entries: publish === 'batch' ? 0 : units };
});
