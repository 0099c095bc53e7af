import { arn } from '../aws-names.ts';
import type { Call } from './decide.ts';
import type { JsonInput } from './json-input.ts';

/** Batches need the permission of the single action. Source: SQS Developer Guide, API permissions. */
export const sqsCalls =
  (region: string) =>
  (operation: string, { QueueUrl, QueueName }: JsonInput): readonly Call[] => {
    const queue =
      QueueName ??
      String(QueueUrl ?? '')
        .split('/')
        .at(-1);
    return [
      {
        action: `sqs:${operation.replace(/Batch$/, '')}`,
        resource: queue ? arn('sqs', region, String(queue)) : '*',
      },
    ];
  };
