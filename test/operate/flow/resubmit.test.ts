import type { StoredObject } from '#operate/object-ports.ts';
import type { ProcessedEnd } from '#operate/plan-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { Given, now } from './given.ts';
import { contentOf, keyOf, type QuarantinedObject } from './quarantined-objects.ts';

const tally = { published: 5, quarantined: 3 };

/** A counted plan. */
async function counted(given: Given, filter: object = {}) {
  const { id } = await given.answer('makePlan', { kind: 'resubmit', integration: 'acme-orders', filter });
  await given.work();
  return given.answer('readPlan', { id });
}

async function files(): Promise<Given> {
  const given = new Given();
  await given.file('a.csv', { state: 'partial', tally, time: '09:00' });
  await given.file('b.csv', { state: 'rejected', tally: { rejected: 4 }, time: '10:00' });
  await given.file('c.csv', { state: 'partial', tally: { published: 9, quarantined: 1 } });
  await given.file('d.csv', { state: 'complete', tally: { published: 1 } });
  await given.file('e.csv', { state: 'received' });
  return given;
}

describe('a plan to resubmit', () => {
  it('finds files with quarantined rows and files that were rejected, and no others', async () => {
    const given = await files();
    const plan = await counted(given);
    expect(plan).toMatchObject({ state: 'planned', units: 8, repeats: 0, unitNames: { many: 'rows' } });
    expect(plan.samples.sort()).toEqual([
      'a.csv: 3 quarantined rows',
      'b.csv: 4 rejected rows',
      'c.csv: 1 quarantined row',
    ]);
    expect(given.ports.workQueues.sent).toEqual([]);
  });

  it.each([
    [{ file: 'a' }, 3],
    [{ state: 'rejected' }, 4],
    [{ from: '2026-11-20T09:30:00Z' }, 5],
    [{ to: '2026-11-20T10:00:00Z' }, 3],
    [{ file: 'a', state: 'rejected' }, 0],
  ])('chooses by name, state and time: %j', async (filter, units) => {
    expect(await counted(await files(), filter)).toMatchObject({ units });
  });

  it('asks the lane once for each file, under the name of the plan', async () => {
    const given = await files();
    const { id, hash, madeAt } = await counted(given);
    await given.answer('runPlan', { id, hash });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done', done: 8 });
    expect(given.ports.workQueues.sent).toHaveLength(3);
    expect(given.ports.workQueues.sent).toContainEqual({
      integration: 'acme-orders',
      message: { kind: 'edge.reprocess', handoffId: 'acme-orders.a.csv', request: id, at: madeAt },
    });
  });

  it('leaves out what a later hand-off has reprocessed', async () => {
    const given = await files();
    await given.ports.ledger.recordReprocessed('acme-orders.a.csv', 'acme-orders.later');
    expect(await counted(given)).toMatchObject({ units: 5 });
  });

  it('takes whole files, and none with more rows than it may do', async () => {
    const given = await files();
    const asked = { kind: 'resubmit', integration: 'acme-orders', unitsMax: 3 };
    const { id } = await given.answer('makePlan', asked);
    await given.work();
    const { hash } = await given.answer('readPlan', { id });
    await given.answer('runPlan', { id, hash: hash! });
    await given.work();
    const { done, note } = await given.answer('readPlan', { id });
    expect([done, given.ports.workQueues.sent.length]).toEqual([1, 1]);
    expect(note).toContain('2 units were left');
  });

  it('is refused where it asks of a lane what only requests and changes have', async () => {
    const asked = { kind: 'resubmit', integration: 'acme-orders', filter: { code: 'NOT_A_DATE' } };
    expect(await new Given().ask('makePlan', asked)).toMatchObject({
      status: 400,
      body: { detail: 'filter.code: a file-lane has none' },
    });
  });
});

/** A function that ends requests and changes so, by the last part of their keys; all others it publishes. */
class Processor {
  readonly calls: { readonly units: readonly string[]; readonly dryRun: boolean }[] = [];
  ends: Readonly<Record<string, ProcessedEnd>> = {};
  /** Ends that nobody could know before. */
  surprises: Readonly<Record<string, ProcessedEnd>> = {};

  readonly requests = async (_: string, keys: readonly string[], dryRun: boolean) =>
    this.#process(keys.map(lastPart), dryRun);

  readonly changes = async (_: string, changes: readonly object[], dryRun: boolean) =>
    this.#process(
      changes.map(change => (change as { sequenceNumber: string }).sequenceNumber),
      dryRun,
    );

  #process(units: readonly string[], dryRun: boolean): ProcessedEnd[] {
    this.calls.push({ units, dryRun });
    return units.map(
      unit => (dryRun ? undefined : this.surprises[unit]) ?? this.ends[unit] ?? { end: 'published' },
    );
  }
}

const lastPart = (key: string): string => key.slice(key.lastIndexOf('/') + 1).replace('.json', '');

class Quarantined {
  readonly given = new Given();
  readonly fn = new Processor();
  readonly #integration: string;

  constructor(integration: string) {
    this.#integration = integration;
    Object.assign(this.given.ports.reprocessing, { requests: this.fn.requests, changes: this.fn.changes });
  }

  put(key: string, json: object): void {
    this.given.ports.objects.put('quarantine', `${this.#integration}/${key}`, JSON.stringify(json));
  }

  change(given: QuarantinedObject): void {
    this.given.ports.objects.put('quarantine', keyOf(given), JSON.stringify(contentOf(given)));
  }

  async plan(filter: object = {}) {
    const asked = { kind: 'resubmit', integration: this.#integration, filter };
    const { id } = await this.given.answer('makePlan', asked);
    await this.given.work();
    return this.given.answer('readPlan', { id });
  }

  async run({ id, hash }: { readonly id: string; readonly hash: string | null }) {
    await this.given.answer('runPlan', { id, hash: hash! });
    await this.given.work();
    return this.given.answer('readPlan', { id });
  }

  /** Units that were processed, in their order. */
  get processed(): readonly string[] {
    return this.fn.calls.filter(({ dryRun }) => !dryRun).flatMap(({ units }) => units);
  }

  async keys(): Promise<readonly string[]> {
    const page = { prefix: `${this.#integration}/`, limit: 1_000 };
    return ((await this.given.ports.objects.list('quarantine', page)) as StoredObject[]).map(
      ({ key }) => key,
    );
  }
}

describe('quarantined requests of a fence', () => {
  const request = (name: string, code = 'UNKNOWN_DELIVERY', receivedAt = '2026-11-20T08:00:00.000Z') => ({
    ...{ quarantined: 1, name, code, receivedAt, body: '{}' },
  });

  const two = () => {
    const fence = new Quarantined('stripe-payments');
    fence.put('2026/11/20/a.json', request('id:1'));
    fence.put('2026/11/20/b.json', request('id:2', 'INVALID_PAYLOAD'));
    return fence;
  };

  it('are counted as the contract takes them now; what it cannot take is counted by its code', async () => {
    const fence = two();
    fence.put('2026/11/20/c.json', request('id:3'));
    fence.put('2026/11/20/d.json', { note: 'see ticket 7' });
    fence.put('taken/2026-11-20T09.00.00.000Z/2026/11/20/e.json', request('id:5'));
    fence.fn.ends = { b: { end: 'quarantined', code: 'MAPPING_FAILED' }, c: { end: 'duplicate' } };
    const plan = await fence.plan();
    expect(plan).toMatchObject({
      ...{ units: 2, repeats: 1, left: { MAPPING_FAILED: 1, unreadable: 1 } },
      unitNames: { one: 'request', many: 'requests' },
      samples: ['request id:1: UNKNOWN_DELIVERY', 'request id:3: UNKNOWN_DELIVERY'],
    });
    expect(fence.processed).toEqual([]);
    expect((await fence.run(plan)).state).toBe('done');
    expect(fence.processed).toEqual(['a', 'c']);
  });

  it('are chosen by code and time', async () => {
    const fence = two();
    fence.put('2026/11/21/c.json', request('id:3', 'INVALID_PAYLOAD', '2026-11-20T10:00:00.000Z'));
    expect((await fence.plan({ code: 'INVALID_PAYLOAD' })).units).toBe(2);
    expect((await fence.plan({ code: 'INVALID_PAYLOAD', to: '2026-11-20T09:00:00Z' })).units).toBe(1);
    expect((await fence.plan({ from: '2026-11-20T09:00:00Z' })).units).toBe(1);
  });

  it('are kept under taken/ with how they ended and by which plan', async () => {
    const fence = two();
    const { id, madeAt } = await fence.run(await fence.plan());
    const keys = await fence.keys();
    const at = madeAt.replaceAll(':', '.');
    expect(keys).toEqual(['a', 'b'].map(n => `stripe-payments/taken/${at}/2026/11/20/${n}.json`));
    const kept = await fence.given.ports.objects.read('quarantine', keys[0]!, { start: 0, end: 1_000 });
    expect(JSON.parse(Buffer.from(kept!).toString())).toEqual({
      ...request('id:1'),
      taken: { at: madeAt, end: 'published', plan: id },
    });
    expect(await fence.given.answer('listQuarantine', { integration: 'stripe-payments' })).toMatchObject({
      units: [],
    });
  });

  it('that fail after all stay, and are listed', async () => {
    const fence = two();
    const plan = await fence.plan();
    fence.fn.surprises = { b: { end: 'conflict' } };
    const ended = await fence.run(plan);
    expect(ended).toMatchObject({ state: 'failed', done: 1, failed: 1, failures: [{ reason: 'conflict' }] });
    expect(await fence.keys()).toContain('stripe-payments/2026/11/20/b.json');
  });

  it('wait while their fence is disabled', async () => {
    const fence = two();
    const plan = await fence.plan();
    const { switches } = fence.given.ports;
    const set = {
      plan: '20261120-1',
      by: 'arn:aws:iam::123456789012:user/ben',
      at: '2026-11-20T11:00:00.000Z',
    };
    await switches.set('stripe-payments', { ...set, to: 'disabled' });
    expect(await fence.run(plan)).toMatchObject({
      ...{ state: 'paused', done: 0, failed: 0 },
      note: expect.stringContaining('Enable it, then resume this plan'),
    });
    expect(fence.processed).toEqual([]);
    await switches.set('stripe-payments', { ...set, plan: '20261120-2', to: 'enabled' });
    await fence.given.answer('resumePlan', { id: plan.id });
    await fence.given.work();
    expect(fence.processed).toEqual(['a', 'b']);
  });

  it('pause the plan while the bus takes nothing, and go on with what is left', async () => {
    const fence = two();
    const plan = await fence.plan();
    fence.fn.surprises = { b: { end: 'open', detail: 'the bus gave no answer' } };
    const paused = await fence.run(plan);
    expect(paused).toMatchObject({
      state: 'paused',
      done: 1,
      note: expect.stringContaining('gave no answer'),
    });
    fence.fn.surprises = {};
    await fence.given.answer('resumePlan', { id: plan.id });
    await fence.given.work();
    expect(await fence.given.answer('readPlan', { id: plan.id })).toMatchObject({ state: 'done', done: 2 });
    expect(fence.processed).toEqual(['a', 'b', 'b']);
  });
});

describe('quarantined changes of a feed', () => {
  it('are processed in the order of their stream, also where a key went on in another shard', async () => {
    const feed = new Quarantined('crm-customers');
    feed.change({ number: 10, shard: 'shard-2' });
    feed.change({ number: 9 });
    feed.change({ number: 49_590_338_271_490_256_608_559_692_538_361_571_095n });
    feed.change({ number: 7, stream: 'crm-orders' });
    const { state } = await feed.run(await feed.plan());
    expect(state).toBe('done');
    expect(feed.processed).toEqual(['7', '9', '10', '49590338271490256608559692538361571095']);
  });

  it('that can never be processed are left, by why', async () => {
    const feed = new Quarantined('crm-customers');
    feed.change({ number: 1, code: 'DUPLICATE_CONFLICT' });
    feed.change({ number: 2 });
    feed.put('crm-prod/shard-1/3.json', {
      ...contentOf({ number: 3, code: 'RECORD_TOO_LONG' }),
      truncated: true,
      rawBase64: 'e30=',
    });
    const plan = await feed.plan();
    expect(plan).toMatchObject({ units: 1, left: { conflict: 1, truncated: 1 } });
    await feed.run(plan);
    expect(feed.processed).toEqual(['2']);
  });

  it('go in calls that a function takes, over any number of jobs, each once', async () => {
    const feed = new Quarantined('crm-customers');
    const numbers = Array.from({ length: 230 }, (_, n) => String(n + 1));
    for (const number of numbers) feed.change({ number });
    const { id, hash } = await feed.plan();
    await feed.given.answer('runPlan', { id, hash: hash! });
    await feed.given.work(1);
    expect(feed.processed).toEqual(numbers);
    expect(Math.max(...feed.fn.calls.map(({ units }) => units.length))).toBe(limits.planObjectsACall);
  });

  it('that came after the plan was made do not belong to it', async () => {
    const feed = new Quarantined('crm-customers');
    feed.change({ number: 1 });
    const later = new Date(now + 60_000).toISOString();
    feed.given.ports.objects.put(
      'quarantine',
      keyOf({ number: 2 }),
      JSON.stringify(contentOf({ number: 2 })),
      later,
    );
    expect((await feed.plan()).units).toBe(1);
  });
});
