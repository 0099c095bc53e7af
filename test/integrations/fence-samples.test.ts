import { readdirSync } from 'node:fs';
import { type FenceSample, fenceSamplesOf, type SampleRequest } from '../../cli/demo/fence-samples.ts';
import { prepareRequest } from '../../cli/demo/prepare-request.ts';
import { loadContracts } from '../../infra/contracts.ts';
import { makeFenceKeys } from '../../local/secrets/fence-keys.ts';
import { eventsOf, type WebhookFence } from '../../shared/contract/define-webhook-fence.ts';
import { schemeOf } from '../../shared/core/webhook/scheme-of.ts';
import { gatewayEvent } from '../webhook-fence/gateway-events.ts';
import { FenceSimulator } from '../webhook-fence/simulator.ts';

const { fences } = await loadContracts();

/** A fence in memory, and its provider before it. */
class Provider {
  readonly simulator: FenceSimulator;
  readonly #fence: WebhookFence;
  readonly #keys: ReturnType<typeof makeFenceKeys>;

  constructor(fence: WebhookFence) {
    this.#fence = fence;
    this.#keys = makeFenceKeys(JSON.parse(JSON.stringify(schemeOf(fence))));
    const { current, statusKey } = this.#keys;
    this.simulator = new FenceSimulator(fence, { secret: { current, statusKey } });
  }

  async send(sample: FenceSample, request: SampleRequest) {
    const receivedAt = this.simulator.ports.clock.now();
    const place = { url: `https://edge.example.com${this.#fence.route}`, secrets: this.#keys };
    const { headers, body } = prepareRequest(place, this.#fence, sample, request, receivedAt);
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

describe.each(fences.map(fence => [fence.id, fence] as const))('samples of %s', (id, fence) => {
  const samples = fenceSamplesOf(id);

  it('show good, dirty and broken requests', () => {
    expect(samples.map(sample => sample.name)).toEqual(['good', 'dirty', 'broken']);
  });

  it.each(samples.map(sample => [sample.name, sample] as const))(
    '%s: send every file that lies there',
    (_, sample) => {
      const files = readdirSync(sample.folder).filter(file => file !== 'expected.json');
      expect([...new Set(sample.requests.map(request => request.file))].sort()).toEqual(files.sort());
      expect(sample.outcomes).toHaveLength(sample.requests.length);
      expect(sample.about.length).toBeGreaterThan(20);
    },
  );

  it('make each of the fence’s events at least once', () => {
    const made = new Set(samples.flatMap(sample => sample.events.map(({ type }) => type)));
    expect([...made].sort()).toEqual(
      eventsOf(fence)
        .map(event => event.type)
        .sort(),
    );
  });

  it.each(samples.map(sample => [sample.name, sample] as const))(
    '%s: come out as expected, each repeat as a duplicate',
    async (_, sample) => {
      const provider = new Provider(fence);
      for (const [i, request] of sample.requests.entries()) {
        expect(await provider.send(sample, request)).toEqual(sample.outcomes[i]);
        for (let again = 0; again < (request.repeat ?? 0); again++)
          expect(await provider.send(sample, request)).toMatchObject({ outcome: 'duplicate' });
      }
      const events = provider.simulator.events();
      expect(events.map(({ type, subject, data }) => ({ type, subject, data }))).toEqual(sample.events);
    },
  );
});
