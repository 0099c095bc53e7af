import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from './fences.ts';
import { FenceSimulator, otherSecret, payment, type SimulatorOptions, secret } from './simulator.ts';

const minute = 60_000;

/** A fence whose secret was changed before its partner's: everything genuine is refused. */
async function locked(
  deliveries = 3,
  { fence: contract = fenceWith(), ...options }: SimulatorOptions & { fence?: WebhookFence } = {},
) {
  const fence = new FenceSimulator(contract, { secret: { current: otherSecret }, ...options });
  for (let i = 0; i < deliveries; i++)
    expect((await fence.send({ id: `msg_${i}`, body: payment(`p-${i}`) })).statusCode).toBe(401);
  return fence;
}

const fixSecret = (fence: FenceSimulator) =>
  fence.ports.secrets.write(JSON.stringify({ current: otherSecret, previous: secret }));

describe('rejected requests', () => {
  it('are kept with all that proves them, apart from deliveries', async () => {
    const fence = await locked(1);
    const [key, ...others] = fence.ports.files.keys('rejects');
    expect([key, others]).toEqual(['pay-hooks/rejects/2026-01-05T08/mismatch/00001.json', []]);
    const kept = JSON.parse(fence.ports.files.text('rejects', key!));
    expect(kept).toMatchObject({ reason: 'SIGNATURE_MISMATCH', receivedAt: Date.UTC(2026, 0, 5, 8) });
    expect(kept.headers['webhook-signature']).toMatch(/^v1,/);
  });

  it('without a signature, which no secret can prove, are not kept', async () => {
    const fence = new FenceSimulator(fenceWith());
    const event = fence.event();
    delete event.headers['webhook-signature'];
    await fence.request(event);
    expect(fence.ports.files.keys('rejects')).toEqual([]);
  });

  it('lose their cookies', async () => {
    const fence = new FenceSimulator(fenceWith(), { secret: { current: otherSecret } });
    await fence.send({ headers: { cookie: 'session=1' } });
    expect(fence.ports.files.text('rejects', fence.ports.files.keys('rejects')[0]!)).not.toContain('session');
  });

  it('that are more than an hour’s bound are only counted, and that is said once an hour', async () => {
    const fence = await locked(24, { fence: fenceWith({ rejects: { anHour: 20 } }) });
    // Twenty, and a twentieth of it for the group of the sender's address.
    expect(fence.ports.files.keys('rejects')).toHaveLength(21);
    expect(fence.tally()).toMatchObject({ rejected: 24 });
    const said = () => fence.ports.log.lines.filter(({ event }) => event === 'reject not kept');
    expect(said().map(({ fields }) => fields.hour)).toEqual(['2026-01-05T08']);
    fence.ports.clock.advance(60 * minute);
    fence.ports.rejectSlots.take = async () => 'full';
    for (const id of ['a', 'b']) await fence.send({ id });
    expect(said().map(({ fields }) => fields.hour)).toEqual(['2026-01-05T08', '2026-01-05T09']);
  });

  it('that cannot be kept are still answered 401, and it is said', async () => {
    const fence = new FenceSimulator(fenceWith(), { secret: { current: otherSecret } });
    fence.ports.files.write = () => Promise.reject(new Error('not now'));
    expect((await fence.send()).statusCode).toBe(401);
    expect(fence.ports.log.lines.map(line => line.event)).toContain('reject not kept');
  });
});

describe('after the secret was fixed', () => {
  it('a preview tells what would be released and changes nothing', async () => {
    const fence = await locked();
    fixSecret(fence);
    const before = [fence.ports.files.keys('rejects'), fence.ports.once.names()];
    expect(await fence.release()).toMatchObject({
      dryRun: true,
      seen: 3,
      ends: { verified: 3 },
      released: [],
    });
    expect([fence.ports.files.keys('rejects'), fence.ports.once.names()]).toEqual(before);
    expect(fence.events()).toEqual([]);
  });

  it('a release verifies as of receipt and makes the events that were missed', async () => {
    const fence = await locked();
    const well = new FenceSimulator(fenceWith());
    for (let i = 0; i < 3; i++) await well.send({ id: `msg_${i}`, body: payment(`p-${i}`) });
    fixSecret(fence);
    fence.ports.clock.advance(600 * minute);
    const report = await fence.release({ dryRun: false });
    expect(report).toMatchObject({
      seen: 3,
      ends: { published: 3 },
      operator: 'ada',
      reason: 'secret fixed',
    });
    expect(fence.eventIds()).toEqual(well.eventIds());
    expect(fence.events()[0]).toMatchObject({ ingestedat: '2026-01-05T08:00:00.000Z' });
  });

  it('what the partner delivered again meanwhile is a duplicate, and so is a second release', async () => {
    const fence = await locked();
    fixSecret(fence);
    fence.ports.clock.advance(10_000);
    await fence.send({ id: 'msg_0', body: payment('p-0') });
    expect((await fence.release({ dryRun: false })).ends).toEqual({ duplicate: 1, published: 2 });
    expect((await fence.release({ dryRun: false })).ends).toEqual({ duplicate: 3 });
    expect(fence.eventIds()).toHaveLength(3);
    expect(fence.events()).toHaveLength(3);
  });

  it('forgeries stay where they are', async () => {
    const fence = await locked(2);
    await fence.send({ id: 'forged', secret: 'whsec_Zm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2Vk' });
    fixSecret(fence);
    expect((await fence.release({ dryRun: false })).ends).toEqual({ published: 2, SIGNATURE_MISMATCH: 1 });
  });

  it('who released what and why is kept, from before the first release on', async () => {
    const fence = await locked(1);
    fixSecret(fence);
    const { audit } = await fence.release({ dryRun: false });
    const [key] = fence.ports.files.keys('rejects', 'pay-hooks/audit/');
    expect(audit).toContain(key);
    expect(JSON.parse(fence.ports.files.text('rejects', key!))).toMatchObject({
      operation: 'release-rejects',
      operator: 'ada',
      reason: 'secret fixed',
      ends: { published: 1 },
      released: [{ end: 'published', receivedAt: '2026-01-05T08:00:00.000Z' }],
    });
    fence.ports.files.write = () => Promise.reject(new Error('not now'));
    await expect(fence.release({ dryRun: false })).rejects.toThrow('not now');
    expect(fence.events()).toHaveLength(1);
  });

  it('only the span asked for is looked at', async () => {
    const fence = await locked(2);
    fence.ports.clock.advance(90 * minute);
    await fence.send({ id: 'msg_late', body: payment('p-late') });
    fixSecret(fence);
    const report = await fence.release({ from: '2026-01-05T09:00:00+00:00', to: '2026-01-05T10:00:00Z' });
    expect(report).toMatchObject({ seen: 1, ends: { verified: 1 } });
  });

  it('one that is past the replay horizon stays: whether it was published since is forgotten', async () => {
    const fence = new FenceSimulator(fenceWith({ replayHorizonDays: 4 }), {
      secret: { current: otherSecret },
    });
    await fence.send();
    fixSecret(fence);
    fence.ports.clock.advance(5 * 24 * 60 * minute);
    expect((await fence.release({ dryRun: false })).ends).toEqual({ 'past the replay horizon': 1 });
  });

  it('a function that runs out of time says where to go on', async () => {
    const fence = await locked(5);
    fixSecret(fence);
    const write = fence.ports.files.write.bind(fence.ports.files);
    fence.ports.files.write = (bucket, ...rest) => {
      fence.ports.clock.advance(8_000);
      return write(bucket, ...rest);
    };
    const first = await fence.release({ dryRun: false });
    expect(first.seen).toBeLessThan(5);
    let next = first.next;
    let rounds = 0;
    while (next && rounds++ < 10) next = (await fence.release({ dryRun: false, after: next })).next;
    expect(fence.eventIds()).toHaveLength(5);
    expect(fence.events()).toHaveLength(5);
  });

  it('looks at time over empty hours too, and only where rejects can be', async () => {
    const fence = await locked(1);
    fixSecret(fence);
    const hours: string[] = [];
    const taken = fence.ports.rejectSlots.taken.bind(fence.ports.rejectSlots);
    fence.ports.rejectSlots.taken = (integration, hour) => {
      hours.push(hour);
      fence.ports.clock.advance(100);
      return taken(integration, hour);
    };
    const span = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
    let { next } = await fence.release({ ...span, dryRun: false });
    expect(next).toEqual({ hour: expect.any(String), shelf: '', slot: 0 });
    while (next) ({ next } = await fence.release({ ...span, dryRun: false, after: next }));
    expect([hours[0], hours.at(-1), new Set(hours).size]).toEqual([
      '2025-12-22T08',
      '2026-01-05T08',
      14 * 24 + 1,
    ]);
    expect(fence.events()).toHaveLength(1);
  });

  it.each([
    ['no operator', { operator: '' }],
    ['no reason', { reason: '' }],
    ['no time', { from: 'yesterday' }],
    ['a span that ends before it begins', { from: '2026-01-06T00:00:00Z', to: '2026-01-05T00:00:00Z' }],
    ['an unknown option', { dryrun: false }],
  ])('an order with %s is refused', async (_, order) => {
    const fence = await locked(1);
    await expect(fence.release(order)).rejects.toThrow();
  });
});

describe('a release in trouble', () => {
  const record = (fence: FenceSimulator) =>
    JSON.parse(fence.ports.files.text('rejects', fence.ports.files.keys('rejects', 'pay-hooks/audit/')[0]!));

  it.each([
    ['taken', 'write', '/2026/'],
    ['read', 'read', '00001.json'],
  ] as const)('goes on after one that cannot be %s now, and another takes it', async (_, call, place) => {
    const fence = await locked();
    fixSecret(fence);
    const { files } = fence.ports;
    const well = files[call].bind(files) as (...args: unknown[]) => unknown;
    let strikes = 1;
    (files as unknown as Record<string, unknown>)[call] = (...args: unknown[]) => {
      if (JSON.stringify(args).includes(place) && strikes-- > 0) throw new Error('not now');
      return well(...args);
    };
    const report = await fence.release({ dryRun: false });
    expect(report).toMatchObject({ seen: 3, ends: { failed: 1, published: 2 } });
    expect(record(fence)).toMatchObject({ ends: { failed: 1, published: 2 } });
    expect(fence.ports.log.lines).toContainEqual(
      expect.objectContaining({
        event: 'reject not released',
        fields: expect.objectContaining({ hour: '2026-01-05T08', slot: 1 }),
      }),
    );
    expect((await fence.release({ dryRun: false })).ends).toEqual({ published: 1, duplicate: 2 });
  });

  it('that an error ends keeps what was done until then', async () => {
    const fence = await locked();
    fence.ports.clock.advance(60 * minute);
    fixSecret(fence);
    const taken = fence.ports.rejectSlots.taken.bind(fence.ports.rejectSlots);
    fence.ports.rejectSlots.taken = async (integration, hour) => {
      if (hour === '2026-01-05T09') throw new Error('no such table');
      return taken(integration, hour);
    };
    await expect(fence.release({ dryRun: false })).rejects.toThrow('no such table');
    expect(record(fence)).toMatchObject({ ends: { published: 3 }, isIncomplete: true });
  });

  it('is not begun without keys', async () => {
    const fence = await locked(1);
    fence.ports.secrets.write('{}');
    await expect(fence.release({ dryRun: false })).rejects.toThrow('the secret of the fence cannot be used');
    expect(fence.ports.files.keys('rejects', 'pay-hooks/audit/')).toEqual([]);
  });
});
