import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import type { SampleRequest } from '#cli/demo/fence-sample-shape.ts';
import type { FenceSample } from '#cli/demo/fence-samples.ts';
import { prepareRequest } from '#cli/demo/prepare-request.ts';
import { makeFenceKeys, schemeShape } from '#local/secrets/fence-keys.ts';
import { gatewayEvent } from '../webhook-fence/flow/gateway-events.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';

/** A fence in memory, and its provider before it. */
export class Provider {
  readonly simulator: FenceSimulator;
  readonly #fence: WebhookFence;
  readonly #keys: ReturnType<typeof makeFenceKeys>;

  constructor(fence: WebhookFence) {
    this.#fence = fence;
    this.#keys = makeFenceKeys(schemeShape.parse(schemeOf(fence)));
    const { current, statusKey } = this.#keys;
    this.simulator = new FenceSimulator(fence, { secret: { current, statusKey } });
  }

  async send(sample: Pick<FenceSample, 'name' | 'folder' | 'requests'>, request: SampleRequest) {
    const receivedAt = this.simulator.ports.clock.now();
    const place = { url: `https://edge.example.com${this.#fence.route}`, secrets: this.#keys };
    const { headers, body } = prepareRequest(place, { fence: this.#fence, sample, request }, receivedAt);
    const event = gatewayEvent({
      path: this.#fence.route,
      headers,
      body: Buffer.from(body).toString(),
      receivedAt,
    });
    const { statusCode } = await this.simulator.request(event);
    return { status: statusCode, ...this.#book() };
  }

  /** How the last request ended. */
  #book(): { outcome: unknown; code?: unknown } {
    const lines = this.simulator.ports.log.lines;
    const { fields } = lines.findLast(({ event }) => event === 'request settled')!;
    const quarantine = lines.findLast(
      line => line.event === 'delivery quarantined' && line.fields.correlationId === fields.correlationId,
    );
    const code = fields.code ?? quarantine?.fields.code;
    return { outcome: fields.outcome, ...(code !== undefined && { code }) };
  }
}
