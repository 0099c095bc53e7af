import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from './fences.ts';
import { type Delivery, FenceSimulator, otherSecret, payment, secret, signature } from './simulator.ts';

const seconds = Date.UTC(2026, 0, 5, 8) / 1000;

/** A delivery of these bytes, signed as they are. */
const bytesOf = (bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Delivery => ({
  headers: {
    ...headers,
    'webhook-signature': signature(secret, Buffer.concat([Buffer.from(`msg_1.${seconds}.`), bytes])),
  },
  event: { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true },
});

const typed = (type: string): Delivery => ({ headers: { 'content-type': type } });

async function sent(delivery: Delivery, changes: Partial<WebhookFenceSpec> = {}) {
  const fence = new FenceSimulator(fenceWith(changes));
  return { answer: await fence.send(delivery), fence };
}

const logged = (fence: FenceSimulator, event: string) =>
  fence.ports.log.lines.filter(line => line.event === event).map(({ fields }) => fields);

describe('a genuine request that the contract does not accept', () => {
  const gzip = gzipSync(payment());
  const many = payment('p'.repeat(100));

  it.each<[string, number, string, Delivery, Partial<WebhookFenceSpec>, Partial<WebhookFenceSpec>]>([
    ['text', 415, 'CONTENT_TYPE', typed('text/plain'), {}, { contentTypes: ['text/plain'] }],
    [
      'JSON by another name',
      415,
      'CONTENT_TYPE',
      typed('text/json; charset=utf-8'),
      {},
      { contentTypes: ['application/json', 'text/json'] },
    ],
    ['no content type', 415, 'CONTENT_TYPE', typed(''), {}, { contentTypes: ['application/json', 'none'] }],
    ['too large a body', 413, 'BODY_TOO_LARGE', { body: many }, { bodyBytesMax: 100 }, {}],
    [
      'a gzip body that is too large unpacked',
      413,
      'BODY_TOO_LARGE',
      bytesOf(gzip, { 'content-encoding': 'gzip' }),
      { bodyBytesMax: payment().length - 1 },
      { bodyBytesMax: payment().length },
    ],
  ])('%s is answered %i, kept, said, and released once the contract is corrected', async (...given) => {
    const [, status, code, delivery, contract, corrected] = given;
    const { answer, fence } = await sent(delivery, contract);
    expect([answer.statusCode, answer.json.code]).toEqual([status, code]);
    expect(fence.tally()).toMatchObject({ rejected: 1, published: 0 });
    const [key] = fence.ports.files.keys('rejects');
    expect(key).toBe('pay-hooks/rejects/2026-01-05T08/genuine/00001.json');
    expect(logged(fence, 'delivery refused')).toEqual([expect.objectContaining({ reason: code, key })]);
    expect((await fence.release({ dryRun: false })).ends).toEqual({ [code]: 1 });
    fence.deploy(fenceWith(corrected));
    expect((await fence.release()).ends).toEqual({ verified: 1 });
    expect((await fence.release({ dryRun: false })).ends).toEqual({ published: 1 });
    expect(fence.eventIds()).toHaveLength(1);
    expect((await fence.release({ dryRun: false })).ends).toEqual({ duplicate: 1 });
  });

  it.each([
    ['another compression', bytesOf(gzip, { 'content-encoding': 'br' })],
    ['what is not gzip', bytesOf(Buffer.from(payment()), { 'content-encoding': 'gzip' })],
    ['gzip cut short', bytesOf(gzip.subarray(0, -4), { 'content-encoding': 'gzip' })],
  ])('%s is answered 415 and kept', async (_, delivery) => {
    const { answer, fence } = await sent(delivery);
    expect([answer.statusCode, answer.json.code]).toEqual([415, 'CONTENT_ENCODING']);
    expect(fence.ports.files.keys('rejects', 'pay-hooks/rejects/2026-01-05T08/genuine/')).toHaveLength(1);
  });

  it('a character set that is not read is answered 415', async () => {
    const { answer } = await sent(typed('application/json; charset=utf-16'));
    expect([answer.statusCode, answer.json.code]).toEqual([415, 'CONTENT_TYPE']);
  });

  it.each<[string, string, string]>([
    ['no time', '{"type":"paid"}', 'NO_TIMESTAMP'],
    ['a time of another form', '{"webhookTimestamp":"now"}', 'MALFORMED_TIMESTAMP'],
    ['no JSON', 'paid', 'MALFORMED_BODY'],
  ])('with %s in the signed body is answered 401, kept and said', async (_, body, reason) => {
    const fence = new FenceSimulator(fenceWith({ scheme: 'linear' }), { secret: { current: 'k' } });
    const headers = { 'linear-signature': createHmac('sha256', 'k').update(body).digest('hex') };
    expect((await fence.send({ body, headers })).statusCode).toBe(401);
    expect(logged(fence, 'delivery refused')).toEqual([expect.objectContaining({ reason })]);
    expect(fence.ports.files.keys('rejects', 'pay-hooks/rejects/2026-01-05T08/genuine/')).toHaveLength(1);
    const forged = { 'linear-signature': createHmac('sha256', 'x').update(body).digest('hex') };
    await fence.send({ body, headers: forged });
    expect(logged(fence, 'delivery refused')).toHaveLength(1);
  });

  it('is said although it cannot be kept', async () => {
    const fence = new FenceSimulator(fenceWith());
    fence.ports.files.write = () => Promise.reject(new Error('not now'));
    await fence.send(typed('text/plain'));
    expect(logged(fence, 'delivery refused')).toHaveLength(1);
    expect(logged(fence, 'reject not kept')).toHaveLength(1);
  });
});

describe('noise', () => {
  it('of any content type and size is told from a genuine request by its signature', async () => {
    const { answer, fence } = await sent(
      { ...typed('text/html'), secret: otherSecret },
      { bodyBytesMax: 10 },
    );
    expect(answer.statusCode).toBe(401);
    expect(logged(fence, 'delivery refused')).toEqual([]);
    expect(fence.ports.files.keys('rejects')).toEqual([
      'pay-hooks/rejects/2026-01-05T08/mismatch/00001.json',
    ]);
  });

  it('larger than can be verified costs nothing', async () => {
    const { answer, fence } = await sent({ body: 'x'.repeat(3_000_001) });
    expect([answer.statusCode, answer.json.code]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(fence.calls.filter(call => !call.startsWith('log.'))).toEqual([]);
  });
});

describe('a contract that names content types', () => {
  it.each([
    ['text/plain', ['text/plain'], typed('text/plain')],
    ['text in ASCII', ['text/plain'], typed('text/plain; charset=us-ascii')],
    ['no content type', ['none'], typed('')],
    ['all JSON', ['application/*+json'], typed('application/vnd.api+json')],
    ['ASCII without being asked', undefined, typed('application/json; charset=US-ASCII')],
  ])('accepts %s', async (_, contentTypes, delivery) => {
    const { answer } = await sent(delivery, contentTypes && { contentTypes });
    expect(answer.json.status).toBe('published');
  });

  it.each([[[]], [['Application/JSON']], [['text/plain; charset=utf-8']], [['text/*']]])(
    'is refused with %j',
    contentTypes => {
      expect(() => fenceWith({ contentTypes })).toThrow('contentTypes');
    },
  );
});

describe('a gzip body', () => {
  it('is verified as it was sent and read unpacked', async () => {
    const { answer, fence } = await sent(bytesOf(gzipSync(payment()), { 'content-encoding': 'gzip' }));
    expect(answer.json.status).toBe('published');
    const [key] = fence.ports.files.keys('raw');
    expect(JSON.parse(fence.ports.files.text('raw', key!))).toMatchObject({ body: payment() });
  });

  it('packed again by a retry is the same delivery', async () => {
    const { fence } = await sent(bytesOf(gzipSync(payment()), { 'content-encoding': 'gzip' }));
    const again = await fence.send(
      bytesOf(gzipSync(payment(), { level: 1 }), { 'content-encoding': 'gzip' }),
    );
    expect(again.statusCode).toBe(202);
    expect(fence.tally()).toMatchObject({ published: 1, duplicate: 1 });
  });

  it('that would fill the memory is stopped at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const { answer } = await sent(bytesOf(bomb, { 'content-encoding': 'gzip' }));
    expect([answer.statusCode, answer.json.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});
