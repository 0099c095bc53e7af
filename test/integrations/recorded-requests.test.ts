import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasSecretsByTenant } from '#adapters/webhook-fence/contract/webhook-tenant.ts';
import { checkRecorded } from '#cli/demo/check-recorded.ts';
import { bodyOf, type RecordedRequest, recordedRequestsOf } from '#cli/demo/recorded-requests.ts';
import { loadContracts, ofKind } from '#infra/contracts.ts';
import { gatewayEvent } from '../webhook-fence/flow/gateway-events.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';

const fences = ofKind(await loadContracts(), 'webhook-fence');
const all = fences.flatMap(fence =>
  recordedRequestsOf(fence.id).map(one => [`${fence.id}/${one.name}`, fence, one] as const),
);

/** As the gateway would have handed it over when it was received. */
async function replay(fence: (typeof fences)[number], recorded: RecordedRequest) {
  const { secret, tenant } = recorded;
  const simulator = new FenceSimulator(fence, {
    secret: { current: hasSecretsByTenant(fence) ? { [tenant ?? '']: secret } : secret },
  });
  const receivedAt = Date.parse(recorded.receivedAt);
  simulator.ports.clock.advance(receivedAt - simulator.ports.clock.now());
  for (const [url, text] of Object.entries(recorded.documents)) simulator.ports.web.publish(url, text);
  const { method, headers } = recorded;
  const event = gatewayEvent({
    method,
    path: fence.route.replace('{tenant}', tenant ?? ''),
    route: fence.route,
    ...(tenant !== undefined && { pathParameters: { tenant } }),
    query: recorded.url === undefined ? '' : new URL(recorded.url).search.slice(1),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: bodyOf(recorded).toString('base64'),
    receivedAt,
    changes: { isBase64Encoded: true },
  });
  const { statusCode } = await simulator.request(event);
  return { simulator, statusCode };
}

describe('requests as providers sent them', () => {
  it.each(all)('%s: comes out as expected', async (_, fence, recorded) => {
    const { simulator, statusCode } = await replay(fence, recorded);
    const { lines } = simulator.ports.log;
    const settled = lines.findLast(({ event }) => event === 'request settled')?.fields;
    const quarantined = lines.findLast(({ event }) => event === 'delivery quarantined')?.fields;
    const code = settled?.code ?? quarantined?.code;
    const { outcome } = settled ?? {};
    expect({ status: statusCode, outcome, ...(code !== undefined && { code }) }).toEqual(recorded.expected);
    const events = simulator.events().map(({ type, subject, data }) => ({ type, subject, data }));
    expect(events).toEqual(recorded.events);
  });

  it('are verified at each start, and fences without one are named', async () => {
    const { differences, notes } = await checkRecorded(fences);
    expect(differences).toEqual([]);
    const without = fences.filter(({ id }) => recordedRequestsOf(id).length === 0).map(({ id }) => id);
    expect(notes.map(note => note.split(' ')[0])).toEqual(without);
  });
});

describe('a recorded request', () => {
  const root = mkdtempSync(join(tmpdir(), 'recorded-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const fence = fences.find(({ id }) => id === 'github-releases')!;
  const [published] = recordedRequestsOf(fence.id);

  async function checkOf(change: object) {
    const folder = join(root, fence.id, 'samples', 'recorded');
    mkdirSync(folder, { recursive: true });
    const { name: _, ...text } = published!;
    writeFileSync(join(folder, 'changed.json'), JSON.stringify({ ...text, ...change }));
    return (await checkRecorded([fence], root)).differences;
  }

  it('that the scheme does not accept is told with the reason', async () => {
    expect(await checkOf({ secret: 'another' })).toEqual([
      expect.stringContaining(
        'github-releases/recorded/changed.json: expected to be verified, found SIGNATURE_MISMATCH',
      ),
    ]);
  });

  it('of a fence with several tenants is verified with the secret of its own', async () => {
    const route = `${fence.route}/{tenant}`;
    const several = { ...fence, route, tenant: { fromPath: true, allowed: ['north', 'south'] } } as const;
    const { statusCode } = await replay(several, { ...published!, tenant: 'south' });
    expect(statusCode).toBe(published!.expected.status);
  });

  it('that cannot be read is told with its place', async () => {
    expect((await checkOf({ reveivedAt: 'x' })).join()).toContain('changed.json');
    expect((await checkOf({ bodyBase64: 'QQ==' })).join()).toContain('one of body and bodyBase64 is needed');
  });
});
