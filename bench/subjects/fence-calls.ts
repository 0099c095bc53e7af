import type { Context } from 'aws-lambda';
import { webhookFence } from '#functions/webhook-fence.ts';
import { eventOf, fenceCase, signedAgain } from '../fence/requests.ts';
import { measureCalls } from '../rivals/subject.ts';

/** A fence's function as it is deployed, with all its calls: `fence-calls <warm-up> <measured>`. */
const given = fenceCase('fleet');
const handler = webhookFence(given.fence);
let next = 0;

await measureCalls(async requests => {
  for (let n = 0; n < Number(requests); n++, next++) {
    const context = { awsRequestId: `i-${next}`, getRemainingTimeInMillis: () => 29_000 } as Context;
    const { statusCode, body } = await handler(eventOf(signedAgain(given, `msg_${next}`)), context);
    if (statusCode !== 202) throw new Error(`answered ${statusCode}: ${body}`);
  }
  return Number(requests);
});
