import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { webhookFencePorts } from '../../shared/aws/webhook-fence-ports.ts';
import type { WebhookFence } from '../../shared/contract/define-webhook-fence.ts';
import { decider } from '../../shared/core/webhook/decide.ts';
import type { WebhookFencePorts } from '../../shared/ports.ts';
import { requestOf, resultOf } from './gateway-event.ts';
import { invocationOf } from './invocation.ts';
import { keysOf } from './keys-of.ts';
import { routeRequest } from './route-request.ts';

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
  const hoursFull = new Set<string>();
  return async (event, context) => {
    const invocation = invocationOf(context);
    return resultOf(
      await routeRequest({ fence, ports, decide, keys, hoursFull, invocation }, requestOf(event)),
    );
  };
}
