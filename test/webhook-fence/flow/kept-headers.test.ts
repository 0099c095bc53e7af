import { fenceWith, paid } from './fences.ts';
import { FenceSimulator } from './simulator.ts';

type Headers = Readonly<Record<string, string>>;

/** The names of the headers that are archived of a request. */
async function kept(headers: Headers, fence = fenceWith()): Promise<string[]> {
  const simulator = new FenceSimulator(fence);
  await simulator.send({ headers });
  const archived = simulator.ports.files.text('raw', simulator.ports.files.keys('raw')[0]!);
  return Object.keys(JSON.parse(archived).headers).sort();
}

describe('of a delivery’s headers', () => {
  it('all are archived that a later contract may ask for, and nothing about the line', async () => {
    expect(await kept({ 'x-kind': 'payment', 'x-event-key': 'repo:push' })).toEqual([
      'accept',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'webhook-id',
      'webhook-timestamp',
      'x-event-key',
      'x-kind',
    ]);
  });

  it('none is archived that proves a request or may be a secret', async () => {
    const secrets = [
      'authorization',
      'proxy-authorization',
      'cookie',
      'x-api-key',
      'x-auth',
      'x-hub-signature',
      'x-shopify-access-token',
      'x-client-secret',
      'x-session-id',
    ];
    const names = await kept(Object.fromEntries(secrets.map(name => [name, 'of value'])));
    expect(names.filter(name => [...secrets, 'webhook-signature'].includes(name))).toEqual([]);
  });

  it('one that the contract asks for is archived whatever its name looks like, but never a proof', async () => {
    const when = [
      { header: 'x-token-kind', is: 'paid' },
      { header: 'webhook-signature', is: 'v1' },
    ] as const;
    const names = await kept({ 'x-token-kind': 'paid' }, fenceWith({ accepts: [{ ...paid, when }] }));
    expect(names).toContain('x-token-kind');
    expect(names).not.toContain('webhook-signature');
  });
});

it('a corrected contract may ask for a header that the old one did not', async () => {
  const old = fenceWith({ accepts: [{ ...paid, when: { field: '/type', is: 'other' } }] });
  const wrong = new FenceSimulator(old);
  const { json } = await wrong.send({ headers: { 'x-kind': 'payment' } });
  expect(json).toMatchObject({ status: 'quarantined', code: 'UNKNOWN_DELIVERY' });
  const corrected = fenceWith({ accepts: [{ ...paid, when: { header: 'x-kind', is: 'payment' } }] });
  const right = new FenceSimulator(corrected, { ports: { files: wrong.ports.files } });
  const key = wrong.ports.files.keys('raw')[0]!;
  await right.ports.spillQueue.send([
    { kind: 'edge.spilled', correlationId: String(json.correlationId), key },
  ]);
  expect(await right.drain()).toEqual([]);
  expect(right.events()).toHaveLength(1);
});
