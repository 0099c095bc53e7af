import type { ReceivedMessage } from '../sqs/queues.ts';

/** One record of an SQSEvent. */
export function sqsRecord(message: ReceivedMessage, queueArn: string, region: string) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, lowerCased(value)]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

/** SQS writes `StringValue`, Lambda `stringValue`. */
function lowerCased(value: unknown): unknown {
  const attribute = value as Readonly<Record<string, unknown>>;
  const fields = Object.entries(attribute).map(([name, field]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    field,
  ]);
  return { stringListValues: [], binaryListValues: [], ...Object.fromEntries(fields) };
}

/**
 * Which messages a handler with ReportBatchItemFailures gives back; all of them when its answer cannot be read or names
 * a message that was not in the batch, as Lambda does.
 */
export function failedMessages(payload: string, batch: readonly string[]): ReadonlySet<string> {
  const answer = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return new Set(batch);
  const ids = failures.map((failure: { itemIdentifier?: string } | null) => failure?.itemIdentifier);
  const known = ids.every((id): id is string => typeof id === 'string' && batch.includes(id));
  return new Set(known ? (ids as string[]) : batch);
}
