import { createHmac } from 'node:crypto';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { type Answered, FenceSimulator, payment, type SimulatorOptions } from './simulator.ts';

/** A fence whose sender signs the body alone, as GitHub and Shopify do: id and headers can be changed by whoever saw a request. */
export class GithubSender {
  readonly fence: FenceSimulator;

  constructor(changes: Partial<WebhookFenceSpec> = {}, options: SimulatorOptions = {}) {
    const secret = { current: 'k', statusKey: 'status-key-of-the-partner' };
    this.fence = new FenceSimulator(fenceWith({ scheme: 'github', ...changes }), { secret, ...options });
  }

  send(
    id: string | undefined,
    body = payment(),
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered> {
    return this.fence.request(
      gatewayEvent({
        path: this.fence.fence.route,
        body,
        receivedAt: this.fence.ports.clock.now(),
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': `sha256=${createHmac('sha256', 'k').update(body).digest('hex')}`,
          ...(id === undefined ? {} : { 'x-github-delivery': id }),
          ...headers,
        },
      }),
    );
  }
}
