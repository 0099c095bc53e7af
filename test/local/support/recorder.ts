import type { BusEvent } from '#local/events/event.ts';

/**
 * A function that puts each invocation on the bus, as `detail.values` (the texts of its records) and `detail.records`, and
 * answers what `verdict` says: code that has `values`, `records` and `attempt` (invocations so far) in scope.
 */
export const recorder = (verdict: string): string => `
let attempt = 0;
const textOf = record => record.kinesis
  ? Buffer.from(record.kinesis.data, 'base64').toString()
  : record.eventName;
const idOf = record => (record.kinesis ?? { sequenceNumber: record.dynamodb?.SequenceNumber }).sequenceNumber;
export const handler = async ({ Records: records }) => {
  attempt++;
  const values = records.map(textOf);
  const failFrom = n => ({ batchItemFailures: [{ itemIdentifier: idOf(records[n]) }] });
  const credential = process.env.AWS_ACCESS_KEY_ID + '/20260101/' + process.env.AWS_REGION + '/events/aws4_request';
  await fetch(process.env.AWS_ENDPOINT_URL_EVENTBRIDGE, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AWSEvents.PutEvents',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + credential + ', SignedHeaders=host, Signature=x',
    },
    body: JSON.stringify({ Entries: [
      { EventBusName: process.env.BUS, Source: 'test', DetailType: 'invoked',
        Detail: JSON.stringify({ values, records, kinesis: process.env.AWS_ENDPOINT_URL_KINESIS }) },
    ] }),
  });
  ${verdict}
};`;

export interface Invoked {
  readonly values: readonly string[];
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly kinesis: string;
}

export const invoked = (event: BusEvent): Invoked => event.detail as Invoked;
