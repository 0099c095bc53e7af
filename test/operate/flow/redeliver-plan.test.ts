import * as fc from 'fast-check';
import { limits } from '#shared/contract/limits.ts';
import {
  kinesisEvent,
  type Put,
  undeliveredObject,
} from '../../cdc-feed/core/undelivered/undelivered-objects.ts';
import { Given, now } from './given.ts';
import { contentOf, keyOf } from './quarantined-objects.ts';

const store = { undeliveredOf: 'crm-customers' };
const put = (...numbers: number[]): Put[] => numbers.map(number => ({ key: `k${number}`, number }));

type KinesisEvent = ReturnType<typeof kinesisEvent>;
const numbersIn = (event: object): number[] =>
  (event as KinesisEvent).Records.map(({ kinesis }) => Number(kinesis.sequenceNumber));

/** A feed with undelivered records, and its function, which stops at the first record that it is told. */
class Undelivered {
  readonly given = new Given();
  readonly calls: number[][] = [];
  stopAt: (number: number) => boolean = () => false;

  constructor() {
    this.given.ports.objects.delete(store, 'x');
    this.given.ports.redelivery.deliver = async (_, event) => this.#deliver(event);
  }

  #deliver(event: object): object {
    const numbers = numbersIn(event);
    this.calls.push(numbers);
    const stop = numbers.find(this.stopAt);
    if (stop === undefined) return { batchItemFailures: [], stops: [] };
    const itemIdentifier = String(stop);
    return { batchItemFailures: [{ itemIdentifier }], stops: [{ itemIdentifier, code: 'POSITION_FELL' }] };
  }

  /** What Lambda writes of one batch of a data stream that it could not deliver. */
  put(name: string, shard: string, records: readonly Put[], timestamp = '2026-01-05T14:00:00.500Z'): this {
    const text = undeliveredObject('kinesis', kinesisEvent(shard, records), { shard, timestamp });
    return this.putText(`aws/lambda/0f1e/${shard}/2026/01/05/2026-01-05T14.00.00-${name}`, text);
  }

  putText(key: string, text: string): this {
    this.given.ports.objects.put(store, key, text);
    return this;
  }

  /** Names of the objects that are left, each with its records. */
  async left(): Promise<Readonly<Record<string, readonly number[]>>> {
    const { objects } = this.given.ports;
    const listed = await objects.list(store, { prefix: '', limit: 1_000 });
    if (listed === 'missing') return {};
    const entries = listed.map(async ({ key, bytes }) => {
      const content = await objects.read(store, key, { start: 0, end: bytes });
      const { payload } = JSON.parse(Buffer.from(content!).toString());
      return [key.slice(key.lastIndexOf('-') + 1), numbersIn(JSON.parse(payload))] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  async plan(asked: object = {}) {
    const { id } = await this.given.answer('makePlan', {
      ...{ kind: 'redeliver', integration: 'crm-customers', unitsASecond: 1_000 },
      ...asked,
    });
    await this.given.work();
    return this.given.answer('readPlan', { id });
  }

  async run({ id, hash }: { readonly id: string; readonly hash: string | null }) {
    await this.given.answer('runPlan', { id, hash: hash! });
    await this.given.work();
    return this.given.answer('readPlan', { id });
  }

  async resume(id: string) {
    await this.given.answer('resumePlan', { id });
    await this.given.work();
    return this.given.answer('readPlan', { id });
  }
}

describe('a plan to redeliver', () => {
  it('counts records, and changes nothing', async () => {
    const feed = new Undelivered().put('b', 't', put(3)).put('a', 's', put(1, 2));
    expect(await feed.plan()).toMatchObject({
      parts: { 'crm-prod s': 2, 'crm-prod t': 1 },
      ...{ state: 'planned', units: 3, repeats: 0, more: false, left: {}, unitNames: { many: 'records' } },
      samples: [1, 2, 3].map(
        n => `crm-prod ${n === 3 ? 't' : 's'}: record ${n} of 2026-01-05T08:00:00, RecordAgeExceeded`,
      ),
    });
    expect([feed.calls, await feed.left()]).toEqual([[], { a: [1, 2], b: [3] }]);
    expect(feed.given.ports.redelivery.swept).toEqual([]);
  });

  it('delivers in the order of the stream, also where a key goes on in another shard', async () => {
    const feed = new Undelivered()
      .put('child', 'shard-2', put(10))
      .put('late', 'shard-1', put(9))
      .put('early', 'shard-1', put(1, 2));
    expect(await feed.run(await feed.plan())).toMatchObject({
      state: 'done',
      done: 4,
      failed: 0,
      note: null,
    });
    expect([feed.calls, await feed.left()]).toEqual([[[1, 2], [9], [10]], {}]);
    expect(feed.given.ports.redelivery.swept).toEqual(['crm-customers']);
  });

  it('holds back the shard of a record that stops and its key, says why, and tries again when it is resumed', async () => {
    const feed = new Undelivered()
      .put('a', 'shard-1', put(1, 2, 3))
      .put('b', 'shard-2', [{ key: 'k5', number: 4 }, ...put(5)])
      .put('c', 'shard-1', put(6))
      .put('d', 'shard-2', [{ key: 'k2', number: 7 }]);
    feed.stopAt = number => number === 2;
    const plan = await feed.run(await feed.plan());
    expect(plan).toMatchObject({
      ...{ state: 'paused', done: 3, failed: 1 },
      note: '3 units wait behind what failed; fix what stopped it, then resume the plan: it tries the failed units again, in order',
      failures: [
        {
          about: expect.stringContaining('crm-prod shard-1: record 2 '),
          reason: expect.stringMatching(/^POSITION_FELL: a new change.* raise `source.epoch`/),
        },
      ],
    });
    expect([feed.calls, await feed.left()]).toEqual([
      [
        [1, 2, 3],
        [4, 5],
      ],
      { a: [2, 3], c: [6], d: [7] },
    ]);
    feed.calls.length = 0;
    feed.stopAt = number => number === 6;
    expect(await feed.resume(plan.id)).toMatchObject({
      ...{ state: 'paused', done: 6, failed: 1 },
      failures: [{ about: expect.stringContaining('record 6 ') }],
    });
    feed.stopAt = () => false;
    expect(await feed.resume(plan.id)).toMatchObject({
      state: 'done',
      done: 7,
      failed: 0,
      failures: [],
      note: null,
    });
    expect([feed.calls, await feed.left()]).toEqual([[[2, 3], [6], [7], [6]], {}]);
  });

  it('delivers what is undelivered twice only once', async () => {
    const feed = new Undelivered()
      .put('again', 's', put(1, 2, 3))
      .put('part', 's', put(2, 3))
      .put('whole', 's', put(1, 2, 3))
      .put('beyond', 's', put(3, 4))
      .put('elsewhere', 'other', put(3))
      .put('new', 'third', [{ key: 'k1', number: 1, data: 'b3RoZXI=' }]);
    const plan = await feed.plan();
    expect(plan).toMatchObject({ units: 12, repeats: 6 });
    expect(await feed.run(plan)).toMatchObject({ state: 'done', done: 12 });
    expect(feed.calls).toEqual([[1, 2, 3], [1], [4], [3]]);
    expect(await feed.left()).toEqual({});
  });

  it.each([
    [{ from: '2026-01-05T08:00:00.250Z' }, 5, {}],
    [{ to: '2026-01-05T08:00:00.250Z' }, 0, {}],
    [{ shard: 'shard-2' }, 1, { blocked: 1 }],
  ])(
    'chooses by time and shard, and leaves what must not overtake the rest: %j',
    async (filter, units, left) => {
      const feed = new Undelivered()
        .put('a', 'shard-1', put(1, 2, 3))
        .put('b', 'shard-2', [...put(4), { key: 'k2', number: 5 }]);
      expect(await feed.plan({ filter })).toMatchObject({ units, left });
      if (!('shard' in filter)) return;
      expect(await feed.run(await feed.plan({ filter }))).toMatchObject({ state: 'done', done: 1 });
      expect(await feed.left()).toEqual({ a: [1, 2, 3], b: [5] });
    },
  );

  it('does no more than it may, and what is left later', async () => {
    const feed = new Undelivered().put('a', 's', put(1, 2, 3)).put('b', 's', put(4));
    expect(await feed.run(await feed.plan({ unitsMax: 2 }))).toMatchObject({
      state: 'done',
      done: 2,
      found: 4,
    });
    expect(await feed.left()).toEqual({ a: [3], b: [4] });
    expect(await feed.run(await feed.plan())).toMatchObject({ state: 'done', done: 2 });
    expect(feed.calls).toEqual([[1, 2], [3], [4]]);
  });

  it('leaves what became undelivered after it was made', async () => {
    const feed = new Undelivered()
      .put('a', 's', put(1))
      .put('late', 's', put(2), new Date(now + 1).toISOString());
    expect(await feed.run(await feed.plan())).toMatchObject({ state: 'done', done: 1 });
    expect(await feed.left()).toEqual({ late: [2] });
  });

  it('names what Lambda did not write, and leaves the shard of it', async () => {
    const feed = new Undelivered()
      .putText('aws/lambda/0f1e/shard-1/2026/01/05/note', 'see ticket 7')
      .put('a', 'shard-1', put(1))
      .put('b', 'shard-2', put(2));
    expect(await feed.plan()).toMatchObject({ units: 1, left: { unreadable: 1, blocked: 1 } });
  });

  it.each([
    ['no list', { batchItemFailures: 'all' }],
    ['an object without one', {}],
    ['nothing', null],
  ])('does not believe an answer of %s', async (_, answer) => {
    const feed = new Undelivered().put('a', 's', put(1));
    feed.given.ports.redelivery.deliver = async () => answer;
    const plan = await feed.run(await feed.plan());
    expect(plan).toMatchObject({ state: 'paused', done: 0, failed: 1 });
    expect(plan.failures[0]!.reason).toContain('its answer cannot be read');
    expect(await feed.left()).toEqual({ a: [1] });
  });

  it('lists a record that no invocation takes, and a function that fails', async () => {
    const huge = { key: 'a', number: 2, data: 'A'.repeat(6 * 1_048_576) };
    const feed = new Undelivered().put('a', 's', [...put(1), huge, ...put(3)]).put('b', 'other', put(4));
    const { deliver } = feed.given.ports.redelivery;
    feed.given.ports.redelivery.deliver = async (id, event) => {
      if (numbersIn(event).includes(4)) throw new Error('feed-dev-crm-customers failed; its log says why');
      return deliver(id, event);
    };
    const { failures, done } = await feed.run(await feed.plan());
    expect(failures.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('it alone makes an invocation of'),
      'feed-dev-crm-customers failed; its log says why',
    ]);
    expect([done, await feed.left()]).toEqual([1, { a: [2, 3], b: [4] }]);
  });

  it('keeps an object of Kafka until all its partitions have ended, and writes it once', async () => {
    const record = (partition: number, offset: number) => ({
      ...{ topic: 't', partition, offset, timestamp: 1_767_600_000_000, key: 'YQ==' },
    });
    const records = { 't-0': [record(0, 5)], 't-1': [record(1, 9)] };
    const feed = new Undelivered().putText(
      'aws/lambda/x/y/2026/01/05/z',
      undeliveredObject('kafka', { records }),
    );
    const { redelivery, objects } = feed.given.ports;
    const asked: string[] = [];
    let isDown = true;
    redelivery.deliver = async (_, event) => {
      const [name = ''] = Object.keys((event as { readonly records: object }).records);
      asked.push(name);
      return {
        batchItemFailures:
          name === 't-1' && isDown ? [{ itemIdentifier: { partition: 't-1', offset: 9 } }] : [],
      };
    };
    const plan = await feed.run(await feed.plan());
    expect(plan).toMatchObject({ state: 'paused', done: 1, failed: 1 });
    isDown = false;
    expect(await feed.resume(plan.id)).toMatchObject({ state: 'done', done: 2 });
    expect(asked).toEqual(['t-0', 't-1', 't-1']);
    expect(await objects.list(store, { prefix: '', limit: 9 })).toEqual([]);
  });

  it('takes no more objects than one plan may, those that were undelivered first', async () => {
    const max = limits.planUndeliveredObjectsMax;
    const feed = new Undelivered();
    for (let n = 0; n <= max; n++)
      feed.putText(`aws/lambda/0/s/2026/01/05/${String(n).padStart(5, '0')}`, 'x');
    expect(await feed.plan()).toMatchObject({ units: 0, left: { unreadable: max }, more: true });
  });

  it('goes on after a crash, and delivers again only what it had not taken out', async () => {
    const feed = new Undelivered().put('a', 's', put(1, 2)).put('b', 's', put(3)).put('c', 's', put(4));
    const plan = await feed.plan();
    const { replace } = feed.given.ports.redelivery;
    const died = new Promise<void>(() => {});
    let at: (() => void) | undefined;
    const reached = new Promise<void>(resolve => {
      at = resolve;
    });
    feed.given.ports.redelivery.replace = (id, key, text) => {
      if (!key.endsWith('b')) return replace(id, key, text);
      at?.();
      return died;
    };
    await feed.given.answer('runPlan', { id: plan.id, hash: plan.hash! });
    void feed.given.work();
    await reached;
    feed.given.ports.redelivery.replace = replace;
    feed.given.ports.clock.advance(11 * 60_000);
    expect(await feed.resume(plan.id)).toMatchObject({ state: 'done', done: 4, failed: 0 });
    expect(feed.calls).toEqual([[1, 2], [3], [3], [4]]);
  });
});

describe('plans of one feed that could bring changes out of order', () => {
  it('work one after the other', async () => {
    const feed = new Undelivered().put('a', 's', put(1)).put('b', 's', put(2));
    const one = await feed.plan();
    const two = await feed.plan();
    let during: Promise<unknown> | undefined;
    const { deliver } = feed.given.ports.redelivery;
    feed.given.ports.redelivery.deliver = async (id, event) => {
      during ??= feed.run(two);
      await during;
      return deliver(id, event);
    };
    expect(await feed.run(one)).toMatchObject({ state: 'done', done: 2 });
    expect(await during).toMatchObject({
      state: 'paused',
      done: 0,
      note: `plan ${one.id} works on crm-customers, and two at once could bring the changes of a key out of order. Resume this plan when that one has ended`,
    });
    expect(await feed.resume(two.id)).toMatchObject({ state: 'done', done: 0 });
    expect(feed.calls).toEqual([[1], [2]]);
  });

  it('are of the kinds redeliver and resubmit', async () => {
    const feed = new Undelivered().put('a', 's', put(1));
    const { objects, reprocessing, redelivery } = feed.given.ports;
    objects.put('quarantine', keyOf({ number: 1 }), JSON.stringify(contentOf({ number: 1 })));
    const { deliver } = redelivery;
    let during: Promise<unknown> | undefined;
    redelivery.deliver = async (id, event) => {
      during ??= feed.run(resubmit);
      await during;
      return deliver(id, event);
    };
    const processed: boolean[] = [];
    reprocessing.changes = async (_, changes, dryRun) => {
      processed.push(!dryRun);
      return changes.map(() => ({ end: 'published' }));
    };
    const resubmit = await feed.plan({ kind: 'resubmit' });
    const plan = await feed.plan();
    expect(await feed.run(plan)).toMatchObject({ state: 'done', done: 1 });
    expect(await during).toMatchObject({
      state: 'paused',
      note: expect.stringContaining(`plan ${plan.id} works`),
    });
    expect(processed).not.toContain(true);
    expect(await feed.resume(resubmit.id)).toMatchObject({ state: 'done', done: 1 });
  });

  it('of which a job died keep others away until it must have ended', async () => {
    const feed = new Undelivered().put('a', 's', put(1));
    const { plans, clock } = feed.given.ports;
    const until = clock.now() + 60_000;
    await plans.takeTurn('crm-customers', { plan: 'dead', job: 'j', until }, clock.now());
    const { id } = await feed.run(await feed.plan());
    expect(feed.calls).toEqual([]);
    clock.advance(61_000);
    expect(await feed.resume(id)).toMatchObject({ state: 'done', done: 1 });
  });
});

describe('a feed that is disabled', () => {
  const by = 'arn:aws:iam::123456789012:user/ben';
  const disabled = { to: 'disabled', plan: '20261120-1', by, at: '2026-11-20T11:00:00.000Z' } as const;

  it('is redelivered nothing until it is enabled', async () => {
    const feed = new Undelivered().put('a', 's', put(1));
    const plan = await feed.plan();
    const { switches, log } = feed.given.ports;
    await switches.set('crm-customers', disabled);
    expect(await feed.run(plan)).toMatchObject({
      ...{ state: 'paused', done: 0, failed: 0 },
      note: 'crm-customers is disabled since 2026-11-20T11:00:00.000Z by user/ben, and publishes nothing. Enable it, then resume this plan',
    });
    expect([feed.calls, log.lines.filter(({ level }) => level === 'error')]).toEqual([[], []]);
    await switches.set('crm-customers', { ...disabled, to: 'enabled', plan: '20261120-2' });
    expect(await feed.resume(plan.id)).toMatchObject({ state: 'done', done: 1 });
  });

  it('is left by its function too, where it was disabled while the plan worked', async () => {
    const feed = new Undelivered().put('a', 's', put(1, 2));
    feed.given.ports.redelivery.deliver = async () => ({ batchItemFailures: [], disabled: true });
    expect(await feed.run(await feed.plan())).toMatchObject({
      ...{ state: 'paused', done: 0, failed: 0 },
      note: expect.stringContaining('the feed is disabled'),
    });
    expect(await feed.left()).toEqual({ a: [1, 2] });
  });
});

describe('order within a key', () => {
  const batches = fc.array(
    fc.record({
      shard: fc.constantFrom('p', 'q', 'r'),
      keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 12 },
  );

  it('holds whatever stops, in one plan and over several jobs of it', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.nat(60)), fc.nat(), async (given, stops, rotation) => {
        const feed = new Undelivered();
        const objects = given.map(({ shard, keys }, n) => ({
          ...{ name: String(n), shard },
          records: keys.map((key, i) => ({ key, number: n * 5 + i + 1 })),
        }));
        const start = objects.length > 0 ? rotation % objects.length : 0;
        for (const { name, shard, records } of [...objects.slice(start), ...objects.slice(0, start)])
          feed.put(name, shard, records);
        const all = objects.flatMap(({ records }) => records);
        const ended = await deliverAll(feed, [new Set(stops), new Set(stops.slice(1)), new Set()]);
        for (const key of ['a', 'b', 'c', 'd']) {
          const numbers = all.filter(each => each.key === key).map(({ number }) => number);
          expect(ended.filter(number => numbers.includes(number))).toEqual(numbers);
        }
        expect([ended.length, await feed.left()]).toEqual([all.length, {}]);
      }),
      { numRuns: 40 },
    );
  });
});

/** Runs a plan, and resumes it until it is done. Its function stops at these records, job by job. Gives the records that ended. */
async function deliverAll(feed: Undelivered, stops: readonly ReadonlySet<number>[]): Promise<number[]> {
  const plan = await feed.plan();
  const ended: number[] = [];
  let state: string = plan.units === 0 ? 'done' : plan.state;
  for (const stopping of stops) {
    if (state === 'done') break;
    feed.calls.length = 0;
    feed.stopAt = number => stopping.has(number);
    const story = state === 'planned' ? await feed.run(plan) : await feed.resume(plan.id);
    ended.push(...endedIn(feed.calls, stopping));
    state = story.state;
    if (state === 'done') expect(story).toMatchObject({ done: plan.units, failed: 0, note: null });
  }
  expect(state).toBe('done');
  return ended;
}

/** Records that a function ended which stops at the first of `stopping` in a call. */
const endedIn = (calls: readonly number[][], stopping: ReadonlySet<number>): number[] =>
  calls.flatMap(numbers => {
    const at = numbers.findIndex(number => stopping.has(number));
    return at < 0 ? numbers : numbers.slice(0, at);
  });
