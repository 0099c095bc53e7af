import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import { Given, now } from './given.ts';

const minute = 60_000;
const file = (name: string) => JSON.stringify({ detail: { object: { key: `acme/in/${name}` } } });
const letters = (count: number, first = 0) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ messageId: `m${first + i}`, body: file(`${first + i}.csv`), sentAt: now - minute, receives: 11 },
    ...(i % 2 === 1 && { reason: 'BUS_UNAVAILABLE' }),
  }));

const ben = { arn: 'arn:aws:iam::123456789012:user/ben', account: '123456789012' };

/** A counted plan of the dead letters of an integration. */
const counted = async (given: Given, asked: object = {}, integration = 'acme-orders') => {
  const { id } = await given.answer('makePlan', { kind: 'redrive', integration, ...asked });
  await given.work();
  return given.answer('readPlan', { id });
};

describe('a plan', () => {
  it('counts what its filter finds, and does nothing', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(25), { ...letters(1)[0]!, messageId: 'again' });
    expect(await counted(given)).toMatchObject({
      ...{ state: 'planned', units: 26, found: 26, repeats: 1, more: false, done: 0, failed: 0 },
      samples: [0, 1, 2, 3, 4].map(n => `file acme/in/${n}.csv`),
      dollars: 26 * 0.000_003,
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(given.ports.deadLetters.redriven).toEqual([]);
    expect(await counted(given, { filter: { reason: 'BUS_UNAVAILABLE' } })).toMatchObject({ units: 12 });
  });

  it('runs to the end, does each unit once, and says who did what', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(25));
    const { id, hash } = await counted(given);
    given.ports.deadLetters.put('acme-orders', { ...letters(1, 99)[0]!, sentAt: now + 1 });
    await given.answer('runPlan', { id, hash });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({
      ...{ state: 'done', done: 25, failed: 0, note: null, failures: [] },
      history: [
        { what: 'made: redrive of acme-orders', by: 'arn:aws:iam::123456789012:user/ada' },
        { what: 'counted 25 units', by: 'job' },
        { what: 'run', by: 'arn:aws:iam::123456789012:user/ada' },
        { what: 'ended: 25 done, 0 failed', by: 'job' },
      ],
    });
    expect(given.ports.deadLetters.redriven).toEqual(letters(25).map(({ body }) => body));
    expect(await given.ports.deadLetters.count('acme-orders')).toBe(1);
    expect(given.ports.operations.records.map(({ what, state }) => `${state}: ${what}`)).toEqual([
      'counting: made: redrive of acme-orders',
      'planned: counted 25 units',
      'running: run',
      'done: ended: 25 done, 0 failed',
    ]);
  });

  it('does no more than was asked, nor more than was counted', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(25));
    const few = await counted(given, { unitsMax: 3 });
    expect(few).toMatchObject({ units: 3, found: 25 });
    await given.answer('runPlan', { id: few.id, hash: few.hash });
    await given.work();
    expect(given.ports.deadLetters.redriven).toHaveLength(3);
    const all = await counted(given);
    // A letter that was sent before the plan was made may reach the queue afterwards.
    given.ports.deadLetters.remove('acme-orders');
    given.ports.deadLetters.put('acme-orders', ...letters(1, 99), ...letters(22, 3));
    await given.answer('runPlan', { id: all.id, hash: all.hash });
    await given.work();
    expect(await given.answer('readPlan', { id: all.id })).toMatchObject({
      ...{ state: 'done', done: 22 },
      note: 'other units came between counting and running, and some of them were done',
    });
  });

  it('says how many units were gone', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(4));
    const { id, hash } = await counted(given);
    given.ports.deadLetters.remove('acme-orders');
    given.ports.deadLetters.put('acme-orders', ...letters(3));
    await given.answer('runPlan', { id, hash });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({
      ...{ state: 'done', done: 3, note: '1 units were not there any more when it ran' },
    });
  });

  it('keeps its rate', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(25));
    const { id, hash } = await counted(given, { unitsASecond: 5 });
    await given.answer('runPlan', { id, hash });
    const began = given.ports.clock.now();
    await given.work();
    // Pages of 10, 10 and 5 letters: there is nothing to wait for after the last.
    expect(given.ports.clock.now() - began).toBe(4_000);
  });

  it('goes on over several jobs when one has too little time', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(100));
    const { id, hash } = await counted(given, { unitsASecond: 1 });
    await given.answer('runPlan', { id, hash });
    await given.work(1.1);
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done', done: 100 });
    expect(given.ports.deadLetters.redriven).toHaveLength(100);
  });
});

describe('a plan whose job dies', () => {
  it('goes on where it stopped, and does no finished page again', async () => {
    const given = new Given();
    const { ports } = given;
    ports.deadLetters.put('acme-orders', ...letters(25));
    const { id, hash } = await counted(given);
    await given.answer('runPlan', { id, hash });
    const { checkpoint, change } = ports.plans;
    let checkpoints = 0;
    ports.plans.checkpoint = async (...given) => {
      if (++checkpoints === 2) throw new Error('killed');
      return checkpoint.apply(ports.plans, given);
    };
    ports.plans.change = async () => Promise.reject(new Error('killed'));
    await expect(given.work()).rejects.toThrow('killed');
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'running', done: 10 });
    ports.plans.change = change;
    // Its lease still stands: neither a message that comes twice nor an operator begins a second job.
    ports.jobs.sent.push(id);
    await given.work();
    expect(await given.ask('resumePlan', { id })).toMatchObject({ status: 409 });
    ports.clock.advance(11 * minute);
    await given.answer('resumePlan', { id });
    await given.work();
    // The page that was in work was redriven, and its letters were gone.
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done', done: 15 });
    expect(ports.deadLetters.redriven).toEqual(letters(25).map(({ body }) => body));
  });
});

describe('a plan that may do so many at most, and whose job dies', () => {
  it('does not do more, and says which may be done', async () => {
    const given = new Given();
    const { ports } = given;
    ports.deadLetters.put('acme-orders', ...letters(40));
    const { id, hash } = await counted(given, { unitsMax: 15 });
    await given.answer('runPlan', { id, hash });
    const { checkpoint, change } = ports.plans;
    let checkpoints = 0;
    ports.plans.checkpoint = async (...given) => {
      // A page is written down before and after it is done; the second page is done, and not written down.
      if (++checkpoints === 4) throw new Error('killed');
      return checkpoint.apply(ports.plans, given);
    };
    ports.plans.change = async () => Promise.reject(new Error('killed'));
    await expect(given.work()).rejects.toThrow('killed');
    ports.plans.change = change;
    ports.clock.advance(11 * minute);
    await given.answer('resumePlan', { id });
    await given.work();
    expect(ports.deadLetters.redriven).toHaveLength(15);
    expect(await given.answer('readPlan', { id })).toMatchObject({
      ...{ state: 'done', done: 10 },
      note: '5 units were in work when a job died; they may be done, and are not done again',
    });
  });
});

describe('a plan that is stopped', () => {
  it('expires when it is paused for a day, as one that does not begin', async () => {
    const given = new Given();
    const { ports } = given;
    ports.deadLetters.put('acme-orders', ...letters(15));
    const { id, hash } = await counted(given);
    await given.answer('runPlan', { id, hash });
    await given.answer('pausePlan', { id });
    await given.work();
    ports.clock.advance(23 * 60 * minute);
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'paused' });
    ports.clock.advance(2 * 60 * minute);
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'expired' });
    expect(await given.ask('resumePlan', { id })).toMatchObject({
      ...{ status: 409, body: { detail: expect.stringContaining('is expired') } },
    });
    expect(ports.deadLetters.redriven).toEqual([]);
  });

  it('by an error says so at once, and goes on when it is resumed', async () => {
    const given = new Given();
    const { ports } = given;
    expect(await counted(given, {}, 'acme-orders')).toMatchObject({ state: 'planned' });
    ports.deadLetters.put('acme-orders', ...letters(15));
    const { id, hash } = await counted(given);
    await given.answer('runPlan', { id, hash });
    const { hold } = ports.letters;
    ports.letters.hold = () => {
      throw new EdgeError('access denied');
    };
    await given.work();
    const stopped = await given.answer('readPlan', { id });
    expect(stopped).toMatchObject({ state: 'paused', note: expect.stringContaining('access denied') });
    expect(await counted(given)).toMatchObject({ state: 'failed' });
    ports.letters.hold = hold;
    await given.answer('resumePlan', { id });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done', done: 15 });
  });

  it('rests when it is paused, and goes on when it is resumed', async () => {
    const given = new Given();
    const { ports } = given;
    ports.deadLetters.put('acme-orders', ...letters(25));
    const { id, hash } = await counted(given);
    await given.answer('runPlan', { id, hash });
    const { sleep } = ports.clock;
    ports.clock.sleep = async milliseconds => {
      ports.clock.sleep = sleep;
      await given.answer('pausePlan', { id }, ben);
      await sleep.call(ports.clock, milliseconds);
    };
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'paused', done: 10 });
    await given.answer('resumePlan', { id });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done', done: 25 });
  });

  it('ends when it is cancelled, and never runs again', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(5));
    const { id, hash } = await counted(given);
    await given.answer('cancelPlan', { id });
    for (const name of ['runPlan', 'resumePlan', 'pausePlan', 'cancelPlan'] as const)
      expect(await given.ask(name, { id, ...(name === 'runPlan' && { hash }) })).toMatchObject({
        status: 409,
        body: { detail: `plan ${id} is cancelled` },
      });
    expect(given.ports.deadLetters.redriven).toEqual([]);
  });

  it('expires when it did not begin in time', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(5));
    const { id, hash } = await counted(given);
    given.ports.clock.advance(limits.planValidHours * 60 * minute + 1);
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'expired' });
    expect(await given.ask('runPlan', { id, hash })).toMatchObject({ status: 409 });
  });
});

describe('a plan above the blast radius of its integration', () => {
  const large = async () => {
    const given = new Given();
    given.ports.deadLetters.put('stripe-payments', ...letters(3));
    return { given, ...(await counted(given, {}, 'stripe-payments')) };
  };

  it('waits for another person, and then runs', async () => {
    const { given, id, hash, state } = await large();
    expect(state).toBe('awaiting-approval');
    expect(await given.ask('runPlan', { id, hash })).toMatchObject({ status: 403 });
    expect(await given.ask('approvePlan', { id, hash })).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
    expect(await given.ask('approvePlan', { id, hash: 'another' }, ben)).toMatchObject({ status: 409 });
    await given.answer('approvePlan', { id, hash }, ben);
    await given.answer('runPlan', { id, hash });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done', done: 3 });
  });

  it('needs none when it does fewer', async () => {
    const given = new Given();
    given.ports.deadLetters.put('stripe-payments', ...letters(3));
    expect(await counted(given, { unitsMax: 2 }, 'stripe-payments')).toMatchObject({ state: 'planned' });
  });

  it('is needed when the small plans of one person are a large one together', async () => {
    const given = new Given();
    given.ports.deadLetters.put('stripe-payments', ...letters(3));
    await counted(given, { unitsMax: 2 }, 'stripe-payments');
    expect(await counted(given, { unitsMax: 2 }, 'stripe-payments')).toMatchObject({
      state: 'awaiting-approval',
    });
    given.ports.clock.advance(25 * 3_600_000);
    expect(await counted(given, { unitsMax: 2 }, 'stripe-payments')).toMatchObject({ state: 'planned' });
  });
});

describe('plans of one person that were counted at the same time', () => {
  it('cannot all run where they are a large one together', async () => {
    const given = new Given();
    given.ports.deadLetters.put('stripe-payments', ...letters(3));
    const list = given.ports.plans.list.bind(given.ports.plans);
    given.ports.plans.list = async () => ({ plans: [], next: undefined });
    const [one, other] = [
      await counted(given, { unitsMax: 2 }, 'stripe-payments'),
      await counted(given, { unitsMax: 1 }, 'stripe-payments'),
    ];
    given.ports.plans.list = list;
    expect([one.state, other.state]).toEqual(['planned', 'planned']);
    const { id, hash } = other;
    expect(await given.ask('runPlan', { id, hash })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('have more units together') },
    });
    await given.answer('cancelPlan', { id: one.id });
    expect(await given.answer('runPlan', { id, hash })).toMatchObject({ state: 'running' });
  });
});

describe('a job whose time is over', () => {
  it('does not stop the plan that another job has by now', async () => {
    const given = new Given();
    given.ports.deadLetters.put('acme-orders', ...letters(1));
    const { id, hash } = await counted(given);
    await given.answer('runPlan', { id, hash });
    const hold = given.ports.letters.hold;
    given.ports.letters.hold = async function* () {
      given.ports.clock.advance(11 * 60_000);
      const now = given.ports.clock.now();
      await given.ports.plans.lease(id, { owner: 'another', until: now + 1 }, now);
      yield* [];
      throw new Error('its connection was closed');
    };
    await given.work();
    given.ports.letters.hold = hold;
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'running' });
  });
});

describe('what is wrong with a plan', () => {
  it.each([
    ['an integration that has no such units', { kind: 'redrive', integration: 'crm-customers' }, 400],
    ['an unknown integration', { kind: 'redrive', integration: 'nobody' }, 404],
    ['an unknown filter', { kind: 'redrive', integration: 'acme-orders', filter: { state: 'x' } }, 400],
    ['an unknown kind', { kind: 'delete', integration: 'acme-orders' }, 400],
  ])('is refused: %s', async (_, asked, status) => {
    const given = new Given();
    expect(await given.ask('makePlan', asked)).toMatchObject({ status });
    expect(given.ports.jobs.sent).toEqual([]);
  });
});

it('lists plans, the newest first, in pages', async () => {
  const given = new Given();
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    ids.unshift((await given.answer('makePlan', { kind: 'redrive', integration: 'acme-orders' })).id);
    given.ports.clock.advance(1_000);
  }
  const first = await given.answer('listPlans', { limit: 2 });
  const second = await given.answer('listPlans', { limit: 2, cursor: first.next });
  expect([...first.plans, ...second.plans].map(({ id }) => id)).toEqual(ids);
  expect(second.next).toBeNull();
});
