import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { requestOf, resultOf } from '#adapters/webhook-fence/aws/gateway-event.ts';
import { webhookFencePorts } from '#adapters/webhook-fence/aws/webhook-fence-ports.ts';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { decider } from '#adapters/webhook-fence/core/webhook/decide.ts';
import { documentsOf } from '#adapters/webhook-fence/flow/documents-of.ts';
import { keysOf } from '#adapters/webhook-fence/flow/keys-of.ts';
import { routeRequest } from '#adapters/webhook-fence/flow/route-request.ts';
import type { WebhookFencePorts } from '#adapters/webhook-fence/ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { invocationOf } from '#shared/aws/invocation.ts';

export type WebhookHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The Lambda handler of a webhook fence, for API Gateway HTTP APIs with payload format 2.0. */
export function webhookFence(
  fence: WebhookFence,
  ports: WebhookFencePorts = webhookFencePorts(process.env, fence),
): WebhookHandler {
  const decide = decider(fence);
  const keys = keysOf(fence, ports);
  const documents = documentsOf(fence, ports);
  const hoursFull = new Set<string>();
  return guardHandler(ports.log, async (event, context) => {
    const invocation = invocationOf(context);
    return resultOf(
      await routeRequest({ fence, ports, decide, keys, documents, hoursFull, invocation }, requestOf(event)),
    );
  });
}
