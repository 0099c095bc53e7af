import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { BusEntry } from '#shared/ports.ts';
import { fenceWith, paid, paymentConfirmed } from './fences.ts';
import { GithubSender } from './github-sender.ts';
import { FenceSimulator, payment } from './simulator.ts';

const right = fenceWith();
const fails = fenceWith({
  accepts: [
    {
      ...paid,
      map: () => {
        throw new Error('a bug');
      },
    },
  ],
});

const status = async (fence: FenceSimulator, correlationId: unknown) =>
  (await fence.status(correlationId)).json.status;

describe('a quarantined delivery that comes again as it was', () => {
  it('is published once the cause on our side is fixed', async () => {
    const fence = new FenceSimulator(fails);
    const first = await fence.send();
    expect(first.json).toMatchObject({ status: 'quarantined', code: 'MAPPING_FAILED' });
    fence.deploy(right);
    const again = await fence.send();
    expect(again).toMatchObject({
      statusCode: 202,
      json: { correlationId: first.json.correlationId, status: 'published' },
    });
    expect(fence.eventIds()).toHaveLength(1);
    expect(await status(fence, first.json.correlationId)).toBe('published');
    expect((await fence.send()).body).toBe(again.body);
    expect(fence.tally()).toMatchObject({ quarantined: 1, published: 1, duplicate: 1 });
  });

  it('is answered the same while nothing is fixed, and counted as a repeat', async () => {
    const fence = new FenceSimulator(fails);
    const first = await fence.send();
    expect(await fence.send()).toEqual(first);
    expect(await fence.send()).toEqual(first);
    expect(fence.tally()).toMatchObject({ quarantined: 1, duplicate: 2 });
    expect(fence.ports.files.keys('quarantine')).toHaveLength(1);
  });

  it('is published when the bus, which refused its event for good, takes it', async () => {
    const fence = new FenceSimulator(right);
    fence.ports.bus.answer = () => ({ kind: 'refused', reason: 'MalformedDetail' });
    expect((await fence.send()).json.code).toBe('PUBLISH_REFUSED');
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect((await fence.send()).json.status).toBe('published');
  });

  it('is accepted and drained while the bus is down', async () => {
    const fence = new FenceSimulator(fails);
    const { json } = await fence.send();
    fence.deploy(right);
    fence.ports.bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    expect((await fence.send()).json.status).toBe('accepted');
    expect(await status(fence, json.correlationId)).toBe('accepted');
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect(await fence.drain()).toEqual([]);
    expect(fence.eventIds()).toHaveLength(1);
    expect(await status(fence, json.correlationId)).toBe('published');
    expect(fence.tally()).toMatchObject({ quarantined: 1, published: 1 });
  });

  it('stays quarantined where it cannot be taken now, and is told so by 503', async () => {
    const fence = new FenceSimulator(fails);
    const { json } = await fence.send();
    fence.deploy(right);
    const write = fence.ports.files.write.bind(fence.ports.files);
    fence.ports.files.write = () => Promise.reject(new Error('down'));
    expect((await fence.send()).statusCode).toBe(503);
    expect(await status(fence, json.correlationId)).toBe('quarantined');
    fence.ports.files.write = write;
    expect((await fence.send()).json.status).toBe('published');
  });
});

describe('a corrected payload under the id of a quarantined one', () => {
  const wrong = payment('p-1', -1);
  const corrected = payment('p-1', 1);

  it('is accepted, and is stored beside what it corrects', async () => {
    const fence = new FenceSimulator(right);
    const first = await fence.send({ body: wrong });
    expect(first.json.code).toBe('OUT_OF_RANGE');
    const second = await fence.send({ body: corrected });
    expect(second.json).toEqual({ correlationId: first.json.correlationId, status: 'published' });
    expect(fence.events()).toMatchObject([{ data: { cents: 1 } }]);
    const bodies = fence.ports.files
      .keys('raw')
      .map(key => JSON.parse(fence.ports.files.text('raw', key)).body);
    expect(bodies.sort()).toEqual([wrong, corrected].sort());
    expect(fence.tally()).toMatchObject({ quarantined: 1, published: 1 });
  });

  it('has the id from then on: what it corrected is a conflict, and it is known again', async () => {
    const fence = new FenceSimulator(right);
    await fence.send({ body: wrong });
    const taken = await fence.send({ body: corrected });
    expect(await fence.send({ body: wrong })).toMatchObject({
      statusCode: 409,
      json: { code: 'DUPLICATE_CONFLICT' },
    });
    expect((await fence.send({ body: corrected })).body).toBe(taken.body);
    expect(fence.eventIds()).toHaveLength(1);
    expect(fence.tally()).toMatchObject({ quarantined: 2, published: 1, duplicate: 1 });
  });

  it('that is wrong as well is quarantined beside it, each with its own fault', async () => {
    const fence = new FenceSimulator(right);
    await fence.send({ body: wrong });
    expect((await fence.send({ body: payment('p-1', 1.5) })).json.code).toBe('SCHEMA_VIOLATION');
    expect((await fence.send({ body: corrected })).json.status).toBe('published');
    expect(fence.ports.files.keys('quarantine')).toHaveLength(2);
    expect(fence.tally()).toMatchObject({ quarantined: 2, published: 1 });
  });

  it('is taken where the id is not signed', async () => {
    const github = new GithubSender();
    expect((await github.send('d-1', wrong)).json.code).toBe('OUT_OF_RANGE');
    expect((await github.send('d-1', corrected)).json.status).toBe('published');
    expect((await github.send('d-1', payment('p-1', 2))).statusCode).toBe(409);
  });
});

describe('a delivery of which the bus refused one event for good', () => {
  const twice = accept({
    schema: paid.schema,
    events: [paymentConfirmed],
    map: payload => {
      const { id, cents } = (payload as { data: { id: string; cents: number } }).data;
      return ['1', '2'].map(n => emit(paymentConfirmed, { paymentId: `${id}-${n}`, cents }));
    },
  });
  const refusing = async (changes = {}) => {
    const fence = new FenceSimulator(fenceWith({ accepts: [twice], ...changes }));
    fence.ports.bus.answer = (entry: BusEntry) =>
      entry.detail.includes('p-1-2') ? { kind: 'refused', reason: 'MalformedDetail' } : { kind: 'accepted' };
    return { fence, answer: await fence.send() };
  };

  it('says how many of its events are published', async () => {
    const { fence, answer } = await refusing();
    expect(answer.json).toMatchObject({
      status: 'quarantined',
      code: 'PUBLISH_REFUSED',
      detail: 'the bus answered MalformedDetail; 1 of its 2 events are published',
    });
    const [key] = fence.ports.files.keys('quarantine');
    expect(JSON.parse(fence.ports.files.text('quarantine', key!)).detail).toBe(answer.json.detail);
  });

  it('keeps its id: another payload would contradict what is published', async () => {
    const { fence } = await refusing();
    expect((await fence.send({ body: payment('p-1', 7) })).statusCode).toBe(409);
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect((await fence.send({ body: payment('p-1', 7) })).statusCode).toBe(409);
    expect((await fence.send()).json.status).toBe('published');
    expect(fence.eventIds()).toHaveLength(2);
  });
});
