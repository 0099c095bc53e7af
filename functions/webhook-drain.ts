import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { webhookFencePorts } from '#adapters/webhook-fence/aws/webhook-fence-ports.ts';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { decider } from '#adapters/webhook-fence/core/webhook/decide.ts';
import { drainMessage } from '#adapters/webhook-fence/flow/drain-message.ts';
import type { WebhookFencePorts } from '#adapters/webhook-fence/ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';

export type DrainHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The Lambda handler of a fence's spill queue. Deliveries that the bus does not accept yet stay in the queue. */
export function webhookDrain(
  fence: WebhookFence,
  ports: WebhookFencePorts = webhookFencePorts(process.env, fence),
): DrainHandler {
  const decide = decider(fence);
  return guardHandler(ports.log, async (event, context) => {
    const work = { fence, ports, decide, invocation: invocationOf(context) };
    const batchItemFailures = [];
    for (const record of event.Records) {
      const { messageId, body, receiptHandle, attributes } = record;
      const receives = Number(attributes.ApproximateReceiveCount);
      if (!(await drainMessage(work, { messageId, body, receiptHandle, receives })))
        batchItemFailures.push({ itemIdentifier: messageId });
    }
    return { batchItemFailures };
  });
}
