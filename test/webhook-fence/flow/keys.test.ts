import { createHmac } from 'node:crypto';
import { fenceWith } from './fences.ts';
import { FenceSimulator, otherSecret, payment, secret, statusKey } from './simulator.ts';

const githubSignature = `sha256=${createHmac('sha256', 'the-partners-key').update(payment()).digest('hex')}`;
const seconds = 1_000;
const day = 86_400 * seconds;

describe('the keys of a fence', () => {
  it('are read once and kept for five minutes', async () => {
    const fence = new FenceSimulator(fenceWith());
    await fence.send({ id: '1' });
    fence.ports.clock.advance(299 * seconds);
    await fence.send({ id: '2', body: payment('p-2') });
    expect(fence.ports.secrets.reads).toBe(1);
    fence.ports.clock.advance(2 * seconds);
    await fence.send({ id: '3', body: payment('p-3') });
    expect(fence.ports.secrets.reads).toBe(2);
  });

  it('are shown in the log by version and age, never by value', async () => {
    const fence = new FenceSimulator(fenceWith());
    await fence.send();
    const line = fence.ports.log.lines.find(({ event }) => event === 'secret read');
    expect(line?.fields).toMatchObject({ version: 'v1', daysOld: 0, rotating: false });
    expect(JSON.stringify(fence.ports.log.lines)).not.toContain(secret.slice(6));
  });

  it('are read again at once when a request fits none, so that a new secret works from its first request', async () => {
    const fence = new FenceSimulator(fenceWith());
    await fence.send({ id: '1' });
    fence.ports.secrets.write(JSON.stringify({ current: otherSecret, previous: secret }));
    fence.ports.clock.advance(6 * seconds);
    expect((await fence.send({ id: '2', secret: otherSecret })).statusCode).toBe(202);
  });

  it('are both valid during rotation; use of the previous one is told', async () => {
    const fence = new FenceSimulator(fenceWith(), { secret: { current: otherSecret, previous: secret } });
    expect((await fence.send({ id: '1' })).statusCode).toBe(202);
    expect((await fence.send({ id: '2', secret: otherSecret })).statusCode).toBe(202);
    expect(fence.ports.log.lines.filter(({ event }) => event === 'previous secret used')).toHaveLength(1);
  });

  it('are asked for at most every five seconds by forgeries', async () => {
    const fence = new FenceSimulator(fenceWith());
    for (let i = 0; i < 50; i++) {
      await fence.send({ id: `f-${i}`, secret: otherSecret });
      fence.ports.clock.advance(seconds);
    }
    expect(fence.ports.secrets.reads).toBeLessThanOrEqual(11);
  });

  it('are used on for an hour when they cannot be read, then 503', async () => {
    const fence = new FenceSimulator(fenceWith());
    await fence.send({ id: '1' });
    fence.ports.secrets.failure = new Error('not now');
    fence.ports.clock.advance(3_000 * seconds);
    expect((await fence.send({ id: '2', body: payment('p-2') })).statusCode).toBe(202);
    expect(fence.ports.log.lines.map(({ event }) => event)).toContain('secret unreadable');
    fence.ports.clock.advance(700 * seconds);
    const refused = await fence.send({ id: '3', body: payment('p-3') });
    expect(refused).toMatchObject({ statusCode: 503, json: { code: 'NO_KEYS' } });
    fence.ports.secrets.failure = undefined;
    fence.ports.clock.advance(6 * seconds);
    expect((await fence.send({ id: '3', body: payment('p-3') })).statusCode).toBe(202);
  });

  it.each([
    ['never readable', new Error('no such secret'), undefined],
    ['no JSON', undefined, 'plain'],
    ['another document', undefined, '{"key":"a"}'],
    ['empty', undefined, '{"current":""}'],
    ['a line break', undefined, '{"current":"\\n"}'],
    ['none', undefined, '{"current":null,"previous":"not-whsec"}'],
    ['of a name misspelt', undefined, `{"current":"${secret}","previus":"not-whsec"}`],
    ['for another scheme', undefined, '{"current":"not-whsec"}'],
  ])('that are %s are ours to fix: 503, never 401, and nothing of them is told', async (_, failure, text) => {
    const fence = new FenceSimulator(fenceWith());
    fence.ports.secrets.failure = failure;
    if (text) fence.ports.secrets.write(text);
    const answer = await fence.send();
    expect(answer).toMatchObject({ statusCode: 503, json: { code: 'NO_KEYS' } });
    expect(JSON.stringify(fence.ports.log.lines)).not.toContain('not-whsec');
  });

  it.each([['""'], ['null'], ['[]'], ['"\\n"']])('have no previous one where it is %s', async empty => {
    const fence = new FenceSimulator(fenceWith());
    fence.ports.secrets.write(
      `{"current":"${secret}","previous":${empty},"handshake":${empty},"statusKey":${empty}}`,
    );
    expect((await fence.send({ id: '1' })).statusCode).toBe(202);
    expect((await fence.send({ id: '2', secret: otherSecret })).statusCode).toBe(401);
    expect((await fence.status('pay-hooks.unknown', '')).statusCode).toBe(401);
    const line = fence.ports.log.lines.find(({ event }) => event === 'secret read');
    expect(line?.fields).toMatchObject({ rotating: false });
  });

  it.each([
    ['plain text', secret, 'it is not JSON: write'],
    ['a list', '["a"]', 'it is not an object'],
    ['no current key', '{"statusKey":"a"}', 'current is missing'],
    ['a number', '{"current":"a","previous":1}', 'previous is not text or a list of texts'],
    ['a name misspelt', '{"current":"a","previus":"b"}', 'a name other than current, previous, handshake'],
  ])('that cannot be used because of %s are told with what is wrong', async (_, text, problem) => {
    const fence = new FenceSimulator(fenceWith());
    fence.ports.secrets.write(text);
    await fence.send();
    const failed = fence.ports.log.lines.find(({ event }) => event === 'request failed');
    expect(JSON.stringify(failed)).toContain(problem);
  });

  it('may have blanks and line breaks around them, which are no part of them', async () => {
    const keys = {
      current: ` ${otherSecret}\n`,
      previous: [`\t${secret}\u00a0\r\n`],
      statusKey: `${statusKey} \n`,
    };
    const fence = new FenceSimulator(fenceWith(), { secret: keys });
    for (const key of [secret, otherSecret])
      expect((await fence.send({ id: key.slice(-4), secret: key, body: payment(key) })).statusCode).toBe(202);
    expect((await fence.status('pay-hooks.unknown')).statusCode).toBe(404);
  });

  it('that nobody has written since the stack was created are ours to fix: 503, kept, and released later', async () => {
    const generated = '{"current":"generated-with-the-stack"}';
    for (const scheme of ['github', 'api-key'] as const) {
      const fence = new FenceSimulator(fenceWith({ scheme, idempotency: { key: 'content' } }));
      fence.ports.secrets.generate(generated);
      const headers = { 'x-hub-signature-256': githubSignature, 'x-api-key': 'the-partners-key' };
      const answer = await fence.send({ headers });
      expect(answer).toMatchObject({ statusCode: 503, json: { code: 'NO_KEYS' } });
      expect(fence.ports.log.lines).toContainEqual(
        expect.objectContaining({
          event: 'request refused',
          fields: expect.objectContaining({ detail: expect.stringContaining('nobody has written') }),
        }),
      );
      fence.ports.secrets.write('{"current":"the-partners-key"}');
      expect((await fence.release({ dryRun: false })).ends).toEqual({ published: 1 });
    }
  });

  it('that were generated are valid if the partner was given them', async () => {
    const fence = new FenceSimulator(fenceWith({ scheme: 'api-key', idempotency: { key: 'content' } }));
    fence.ports.secrets.generate('{"current":"the-partners-key"}');
    expect((await fence.send({ headers: { 'x-api-key': 'the-partners-key' } })).statusCode).toBe(202);
  });

  it('that cannot be read at first cost no request: it is kept for release', async () => {
    const fence = new FenceSimulator(fenceWith());
    fence.ports.secrets.failure = new Error('not now');
    expect((await fence.send()).statusCode).toBe(503);
    fence.ports.secrets.failure = undefined;
    fence.ports.clock.advance(6 * seconds);
    expect((await fence.release({ dryRun: false })).ends).toEqual({ published: 1 });
  });

  it('that were not rotated in time are told', async () => {
    const fence = new FenceSimulator(fenceWith({ secrets: { rotationDays: 90 } }));
    const overdue = () => fence.ports.log.lines.filter(({ event }) => event === 'secret overdue');
    fence.ports.clock.advance(90 * day);
    await fence.send({ id: '1' });
    expect(overdue()).toEqual([]);
    fence.ports.clock.advance(day);
    await fence.send({ id: '2', body: payment('p-2') });
    expect(overdue()[0]?.fields).toMatchObject({ daysOld: 91, rotationDays: 90 });
  });
});

describe('the status of a delivery', () => {
  const shops = {
    tenant: { from: '/shop', allowed: ['north', 'south'] },
    secrets: { sharedByTenants: { reason: 'One shop system signs for all.' } },
  } as const;
  const ofShop = (shop: string, id: string) => ({
    id,
    body: JSON.stringify({ type: 'paid', shop, data: { id, cents: 1 } }),
  });

  it.each([
    ['published', payment()],
    ['quarantined', 'null'],
    ['skipped', '{"type":"ping"}'],
  ])('%s is told to who holds its id and the key', async (status, body) => {
    const fence = new FenceSimulator(fenceWith());
    const { json } = await fence.send({ body });
    const answer = await fence.status(json.correlationId);
    expect(answer).toMatchObject({ statusCode: 200, json: { correlationId: json.correlationId, status } });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is told to nobody else, whether the id exists or not', async () => {
    const fence = new FenceSimulator(fenceWith());
    const { json } = await fence.send();
    for (const id of [json.correlationId, 'pay-hooks.unknown']) {
      for (const key of ['wrong', `${statusKey}x`, '', secret]) {
        const answer = await fence.status(id, key);
        expect([key, answer.statusCode, answer.headers['www-authenticate']]).toEqual([key, 401, 'Bearer']);
      }
    }
    expect((await fence.request(fence.statusEvent(json.correlationId))).statusCode).toBe(401);
  });

  it('is unknown for ids that never were, are of another fence, or are no ids', async () => {
    const fence = new FenceSimulator(fenceWith());
    const { json } = await fence.send();
    const id = String(json.correlationId);
    for (const other of [
      id.slice(0, -1),
      `${id}0`,
      id.replace('pay-', 'pat-'),
      `${id}.drained`,
      id.toUpperCase(),
      '%00',
    ])
      expect(await fence.status(other)).toMatchObject({ statusCode: 404, json: { status: 'unknown' } });
  });

  it('of one tenant is unknown to another', async () => {
    const keys = { north: 'key-of-north', south: 'key-of-south' };
    const fence = new FenceSimulator(fenceWith(shops), { secret: { current: secret, statusKey: keys } });
    const north = await fence.send(ofShop('north', 'p-1'));
    expect((await fence.status(north.json.correlationId, keys.north)).statusCode).toBe(200);
    expect((await fence.status(north.json.correlationId, keys.south)).statusCode).toBe(404);
    const nobody = await fence.send(ofShop('west', 'p-2'));
    expect(nobody.json).toMatchObject({ status: 'quarantined', code: 'TENANT_MISMATCH' });
    expect((await fence.status(nobody.json.correlationId, keys.north)).statusCode).toBe(404);
  });

  it('of one that the drain ended is told to its tenant alone', async () => {
    const keys = { north: 'key-of-north', south: 'key-of-south' };
    const fence = new FenceSimulator(fenceWith(shops), { secret: { current: secret, statusKey: keys } });
    fence.ports.bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    const { json } = await fence.send(ofShop('north', 'p-1'));
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect(await fence.drain()).toEqual([]);
    const told = await fence.status(json.correlationId, keys.north);
    expect(told).toMatchObject({ statusCode: 200, json: { status: 'published' } });
    expect((await fence.status(json.correlationId, keys.south)).statusCode).toBe(404);
  });

  it('of one reprocessed for a tenant that was added is told to that tenant', async () => {
    const keys = { north: 'key-of-north', west: 'key-of-west' };
    const fence = new FenceSimulator(fenceWith(shops), { secret: { current: secret, statusKey: keys } });
    const { json } = await fence.send(ofShop('west', 'p-1'));
    fence.deploy(fenceWith({ ...shops, tenant: { from: '/shop', allowed: ['north', 'west'] } }));
    expect(await fence.redrive(json)).toEqual([]);
    expect((await fence.status(json.correlationId, keys.west)).json.status).toBe('published');
    expect((await fence.status(json.correlationId, keys.north)).statusCode).toBe(404);
  });

  it('is told to nobody where the fence has no status key', async () => {
    const fence = new FenceSimulator(fenceWith(), { secret: { current: secret } });
    const { json } = await fence.send();
    expect((await fence.status(json.correlationId, 'any')).statusCode).toBe(401);
  });
});

describe('a tenant’s quota', () => {
  const quota = { tenantQuota: { requests: 2, perSeconds: 10 } };

  it('is answered 429 with the seconds to wait, and then goes on', async () => {
    const fence = new FenceSimulator(fenceWith(quota));
    fence.ports.clock.advance(7_000);
    for (const id of ['1', '2']) expect((await fence.send({ id, body: payment(id) })).statusCode).toBe(202);
    const over = await fence.send({ id: '3', body: payment('3') });
    expect(over).toMatchObject({
      statusCode: 429,
      headers: { 'retry-after': '3' },
      json: { code: 'QUOTA_EXCEEDED' },
    });
    expect(fence.tally()).toMatchObject({ published: 2, rejected: 1 });
    fence.ports.clock.advance(3_000);
    expect((await fence.send({ id: '3', body: payment('3') })).statusCode).toBe(202);
  });

  it('gives a repeat its first answer also when it is used up', async () => {
    const fence = new FenceSimulator(fenceWith(quota));
    const first = await fence.send({ id: '1', body: payment('1') });
    await fence.send({ id: '2', body: 'null' });
    expect(await fence.send({ id: '1', body: payment('1') })).toEqual(first);
    expect((await fence.send({ id: '2', body: 'null' })).statusCode).toBe(429);
    expect((await fence.send({ id: '1', body: payment('other') })).json.code).toBe('DUPLICATE_CONFLICT');
    expect(fence.tally()).toMatchObject({ published: 1, quarantined: 2, duplicate: 1, rejected: 1 });
  });

  it('is not used up by forgeries, nor by another tenant', async () => {
    const shops = {
      tenant: { from: '/shop', allowed: ['north', 'south'] },
      secrets: { sharedByTenants: { reason: 'One shop system signs for all.' } },
    } as const;
    const fence = new FenceSimulator(fenceWith({ ...quota, ...shops }));
    const send = (shop: string, id: string) =>
      fence.send({ id, body: JSON.stringify({ type: 'paid', shop, data: { id, cents: 1 } }) });
    for (let i = 0; i < 5; i++) await fence.send({ id: `f-${i}`, secret: otherSecret });
    expect([(await send('north', '1')).statusCode, (await send('north', '2')).statusCode]).toEqual([
      202, 202,
    ]);
    expect((await send('north', '3')).statusCode).toBe(429);
    expect((await send('south', '4')).statusCode).toBe(202);
  });
});
