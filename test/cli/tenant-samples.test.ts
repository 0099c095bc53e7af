import { hasSecretsByTenant, tenantsOf } from '#adapters/webhook-fence/contract/webhook-tenant.ts';
import { parseFenceKeys } from '#adapters/webhook-fence/core/webhook/fence-keys.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import { prepareRequest } from '#cli/demo/prepare-request.ts';
import { fenceDocument } from '#local/bring-up/secrets.ts';
import { describeFence } from '#local/fence-description.ts';
import { required } from '#local/required.ts';
import { fenceWith } from '../webhook-fence/flow/fences.ts';
import { gatewayEvent } from '../webhook-fence/flow/gateway-events.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';

const fence = fenceWith({ tenant: { fromPath: true, allowed: ['acme', 'globex'] } });

/** The fence as the local cloud finds it in its template. */
const [place] = describeFence(
  {
    template: {
      Metadata: {
        'edge:integration': {
          id: fence.id,
          kind: fence.kind,
          scheme: schemeOf(fence),
          ...(hasSecretsByTenant(fence) && { tenants: tenantsOf(fence) }),
        },
      },
    },
  } as never,
  name => (name === 'FenceUrl' ? `https://edge.example.com${fence.route}` : name),
);

describe('the samples of a fence in which each tenant has its own secret', () => {
  const local = required(place, 'the fence');

  it('find keys of each tenant in the local secret', () => {
    const text = JSON.stringify(fenceDocument(local));
    expect(parseFenceKeys(text, ['acme', 'globex'])).toMatchObject({
      tenants: ['acme', 'globex'],
      statusKeys: [{ tenant: 'acme' }, { tenant: 'globex' }],
    });
  });

  it.each([undefined, 'globex'])(
    'are signed and addressed for the tenant that they name: %s',
    async tenant => {
      const simulator = new FenceSimulator(fence, { secret: fenceDocument(local) });
      const request = { file: 'ping.json', ...(tenant !== undefined && { tenant }) };
      const folder = 'integrations/fleet-shipments/samples/dirty';
      const sample = { name: 'dirty', folder, requests: [request] };
      const now = simulator.ports.clock.now();
      const prepared = prepareRequest(local, { fence, sample, request }, now);
      const named = tenant ?? 'acme';
      expect(prepared.url).toBe(`https://edge.example.com/webhooks/pay-hooks/${named}`);
      const answer = await simulator.request(
        gatewayEvent({
          path: new URL(prepared.url).pathname,
          route: fence.route,
          pathParameters: { tenant: named },
          headers: prepared.headers,
          body: Buffer.from(prepared.body).toString(),
          receivedAt: now,
        }),
      );
      expect(answer.json.status).toBe('skipped');
    },
  );
});
