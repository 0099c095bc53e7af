import type { Context } from 'aws-lambda';
import { webhookDrain } from '#functions/webhook-drain.ts';
import { limits } from '#shared/contract/limits.ts';
import { fenceWith, paid } from './fences.ts';
import { type Answered, FenceSimulator, payment, type SimulatorOptions, spillEvent } from './simulator.ts';

const context = { awsRequestId: 'drain', getRemainingTimeInMillis: () => 30_000 } as Context;

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
const unknown = fenceWith({ accepts: [{ ...paid, when: { field: '/type', is: 'payed' } }] });
const skipped = fenceWith({ skips: [{ when: { field: '/type', is: 'paid' }, reason: 'not wanted' }] });

/** A delivery that one contract quarantined. */
async function quarantined(fence = fails, options: SimulatorOptions = {}) {
  const simulator = new FenceSimulator(fence, options);
  const { json } = await simulator.send();
  expect(json.status).toBe('quarantined');
  return { simulator, json };
}

const statusOf = async (simulator: FenceSimulator, { json }: Pick<Answered, 'json'>) =>
  (await simulator.status(json.correlationId)).json.status;

const said = (simulator: FenceSimulator, event: string) =>
  simulator.ports.log.lines.filter(line => line.event === event).map(({ fields }) => fields);

describe('a quarantined delivery that an operator reprocesses', () => {
  it('becomes the event that it would have been, which its status and the log say', async () => {
    const { simulator, json } = await quarantined();
    simulator.deploy(right);
    expect(await simulator.redrive(json)).toEqual([]);
    const well = new FenceSimulator(right);
    await well.send();
    expect(simulator.eventIds()).toEqual(well.eventIds());
    expect(await statusOf(simulator, { json })).toBe('published');
    expect(said(simulator, 'delivery corrected')).toMatchObject([
      { correlationId: json.correlationId, was: 'quarantined', outcome: 'published' },
    ]);
  });

  it('has its one outcome in the books all the same', async () => {
    const { simulator, json } = await quarantined();
    await simulator.redrive(json);
    simulator.deploy(right);
    await simulator.redrive(json);
    await simulator.redrive(json);
    expect(simulator.tally()).toMatchObject({ quarantined: 1, published: 0 });
    expect(simulator.events()).toHaveLength(1);
    expect(said(simulator, 'drain repeated').map(({ status }) => status)).toEqual([
      'quarantined',
      'published',
    ]);
    expect(said(simulator, 'delivery corrected')).toHaveLength(1);
  });

  it.each([
    ['still fails', fails],
    ['is skipped', skipped],
    ['is of no kind that the contract knows', unknown],
  ])('once more, when at first it %s', async (_, first) => {
    const { simulator, json } = await quarantined();
    simulator.deploy(first);
    expect(await simulator.redrive(json)).toEqual([]);
    expect(simulator.events()).toEqual([]);
    simulator.deploy(right);
    expect(await simulator.redrive(json)).toEqual([]);
    expect(simulator.events()).toHaveLength(1);
    expect(await statusOf(simulator, { json })).toBe('published');
  });

  it('after it had been answered as accepted, once the cause that its drain met is fixed', async () => {
    const simulator = new FenceSimulator(right);
    simulator.ports.bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    const accepted = await simulator.send();
    simulator.ports.bus.answer = () => ({ kind: 'accepted' });
    simulator.deploy(fails);
    expect(await simulator.drain()).toEqual([]);
    expect(await statusOf(simulator, accepted)).toBe('quarantined');
    simulator.deploy(right);
    expect(await simulator.redrive(accepted.json)).toEqual([]);
    expect(simulator.events()).toHaveLength(1);
    expect(await statusOf(simulator, accepted)).toBe('published');
    expect(simulator.tally()).toMatchObject({ quarantined: 1, published: 0 });
  });

  it('keeps its place while the bus is down', async () => {
    const { simulator, json } = await quarantined();
    simulator.deploy(right);
    simulator.ports.bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    expect(await simulator.redrive(json)).toHaveLength(1);
    expect(await statusOf(simulator, { json })).toBe('quarantined');
    simulator.ports.bus.answer = () => ({ kind: 'accepted' });
    expect(await simulator.redrive(json)).toEqual([]);
    expect(simulator.events()).toHaveLength(1);
  });

  it('is processed from its archive after it is no longer remembered', async () => {
    const { simulator, json } = await quarantined();
    const later = new FenceSimulator(right, { ports: { files: simulator.ports.files } });
    later.ports.clock.advance(100 * limits.secondsADay * 1000);
    const [key] = simulator.ports.files.keys('raw');
    await later.ports.spillQueue.send([
      { kind: 'edge.spilled', correlationId: String(json.correlationId), key: key! },
    ]);
    expect(await later.drain()).toEqual([]);
    expect(later.events()).toHaveLength(1);
  });
});

describe('reprocessing', () => {
  it('does nothing to what is published, and says so', async () => {
    const { simulator, json } = await quarantined();
    simulator.deploy(right);
    await simulator.redrive(json);
    await simulator.redrive(json);
    expect(said(simulator, 'drain repeated')).toMatchObject([{ status: 'published' }]);
    expect(simulator.ports.bus.accepted).toHaveLength(1);
  });

  it('does nothing to a delivery whose name its correction has, and says so', async () => {
    const { simulator, json } = await quarantined();
    simulator.deploy(right);
    await simulator.send({ body: payment('p-1', 7) });
    expect(await simulator.redrive(json)).toEqual([]);
    expect(simulator.events()).toMatchObject([{ data: { cents: 7 } }]);
    expect(said(simulator, 'drain conflict')).toMatchObject([{ correlationId: json.correlationId }]);
  });

  it('leaves a delivery in the queue that a request takes at that moment', async () => {
    const { simulator, json } = await quarantined();
    simulator.deploy(right);
    const body = JSON.stringify({
      kind: 'edge.spilled',
      correlationId: json.correlationId,
      key: simulator.ports.files.keys('raw')[0],
    });
    const drain = () => webhookDrain(right, simulator.ports)(spillEvent([{ body, receives: 1 }]), context);
    const ends: unknown[] = [];
    const put = simulator.ports.bus.put.bind(simulator.ports.bus);
    simulator.ports.bus.put = async entries => {
      ends.push(await drain());
      return put(entries);
    };
    expect((await simulator.send()).json.status).toBe('published');
    expect(ends).toEqual([{ batchItemFailures: [{ itemIdentifier: '0' }] }]);
    expect(await drain()).toEqual({ batchItemFailures: [] });
    expect(simulator.ports.bus.accepted).toHaveLength(1);
  });
});
