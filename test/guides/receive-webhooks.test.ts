import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { providers } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import fleetShipments from '#integrations/fleet-shipments/contract.ts';
import { Provider } from '../integrations/fence-provider.ts';
import { tollgate } from './tollgate-scheme.ts';

const path = 'docs/guides/receive-webhooks.md';
const guide = readFileSync(path, 'utf8');

test('the scheme in the guide is this one', () => {
  expect(guide).toContain(`\`\`\`ts\n${readFileSync('test/guides/tollgate-scheme.ts', 'utf8')}\`\`\`\n`);
});

test('it verifies what such a provider would send, and nothing else', () => {
  const sentAt = Date.parse('2026-11-20T09:15:08Z');
  const body = Buffer.from('{"gate":7}');
  const signature = createHmac('sha512', 'secret').update(`d-1.${sentAt}.{"gate":7}`).digest('hex');
  const request = (id: string) => ({
    method: 'POST',
    url: 'https://edge.example.com/webhooks/tollgate',
    headers: {
      'x-tollgate-signature': `sha512=${signature}`,
      'x-tollgate-time': String(sentAt),
      'x-tollgate-delivery': id,
    },
    body,
  });
  const secrets = [{ value: 'secret' }];
  expect(verify(tollgate, request('d-1'), { secrets, receivedAt: sentAt })).toMatchObject({ verified: true });
  expect(verify(tollgate, request('d-2'), { secrets, receivedAt: sentAt })).toMatchObject({
    verified: false,
  });
});

test('the sample in the guide comes out as it says', async () => {
  const [, text] = /```json\n([\s\S]*?)```/.exec(guide)!;
  const { requests, outcomes, events } = JSON.parse(text!);
  const provider = new Provider(fleetShipments as WebhookFence);
  const sample = { name: 'good', folder: 'integrations/fleet-shipments/samples/good', requests };
  for (const [i, request] of requests.entries())
    expect(await provider.send(sample, request)).toEqual(outcomes[i]);
  expect(await provider.send(sample, requests[0])).toMatchObject({ outcome: 'duplicate' });
  const made = provider.simulator.events().map(({ type, subject, data }) => ({ type, subject, data }));
  expect(made).toEqual(events);
});

test('the guide names every provider that is known', () => {
  for (const provider of providers) expect(guide).toContain(`\`${provider}\``);
});

test('the guide’s links lead somewhere', () => {
  const links = [...guide.matchAll(/\]\((\.[^)#]+)\)/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) expect(existsSync(join('docs/guides', link))).toBe(true);
});
