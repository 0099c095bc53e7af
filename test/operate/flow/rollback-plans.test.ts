import type { DeployedFunction } from '#operate/core/deployed/deployed-function.ts';
import { movesBack } from '#operate/core/deployed/version-moves.ts';
import { Given } from './given.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);

/** A function whose versions were deployed on these days of November. */
const deployed = (
  name: string,
  days: readonly number[],
  more: Partial<DeployedFunction> = {},
): DeployedFunction => ({
  name,
  aliases: ['live'],
  live: String(days.length),
  note: undefined,
  canary: undefined,
  versions: days.map((n, i) => ({ version: String(i + 1), at: start + n * day })),
  ...more,
});

async function planned(given: Given, kind: 'rollback' | 'rollforward', integration = 'acme-orders') {
  const { id } = await given.answer('makePlan', { kind, integration });
  await given.work();
  return given.answer('readPlan', { id });
}

async function done(given: Given, kind: 'rollback' | 'rollforward', integration?: string) {
  const { id, hash } = await planned(given, kind, integration);
  await given.answer('runPlan', { id, hash });
  await given.work();
  return given.answer('readPlan', { id });
}

const liveOf = async (given: Given, id: string) =>
  (await given.ports.deployed.functions({ id })).map(({ name, live }) => `${name} ${live}`);

describe('a plan that rolls back', () => {
  it('says what it will do, and goes to the version before, once', async () => {
    const given = new Given();
    given.ports.deployed.put('acme-orders', deployed('lane', [1, 2, 3]));
    const plan = await done(given, 'rollback');
    expect(plan).toMatchObject({ state: 'done', units: 1, done: 1, failures: [] });
    expect(plan.samples).toEqual([expect.stringContaining('lane: version 3 to 2')]);
    expect(await liveOf(given, 'acme-orders')).toEqual(['lane 2']);
    const [fn] = await given.ports.deployed.functions({ id: 'acme-orders' });
    expect(fn!.note).toBe(`plan ${plan.id}`);
  });

  it('takes another step by another plan, and undoes all of them by one', async () => {
    const given = new Given();
    given.ports.deployed.put('acme-orders', deployed('lane', [1, 2, 3]));
    await done(given, 'rollback');
    await done(given, 'rollback');
    expect(await liveOf(given, 'acme-orders')).toEqual(['lane 1']);
    expect(await done(given, 'rollforward')).toMatchObject({ state: 'done', done: 1 });
    expect(await liveOf(given, 'acme-orders')).toEqual(['lane 3']);
  });

  it('keeps the functions of a fence together: those that the last deployment left as they are stay', async () => {
    const given = new Given();
    const functions = [
      deployed('receive', [1, 4]),
      deployed('drain', [1, 2]),
      deployed('release', [1, 2, 4.001], { aliases: ['live', 'proof'] }),
    ];
    given.ports.deployed.put('stripe-payments', ...functions);
    await done(given, 'rollback', 'stripe-payments');
    expect(await liveOf(given, 'stripe-payments')).toEqual(['receive 1', 'drain 2', 'release 2']);
  });

  it('goes no further where its job dies in the middle and comes back', async () => {
    const given = new Given();
    const functions = [
      deployed('receive', [1, 2, 4]),
      deployed('drain', [1, 2, 4]),
      deployed('release', [1, 2, 4]),
    ];
    given.ports.deployed.put('stripe-payments', ...functions);
    const { id, hash } = await planned(given, 'rollback', 'stripe-payments');
    const move = given.ports.deployed.move.bind(given.ports.deployed);
    let moves = 0;
    given.ports.deployed.move = async (fn, to) => {
      if (++moves === 2) throw new Error('the function died');
      await move(fn, to);
    };
    await given.answer('runPlan', { id, hash });
    await given.work();
    expect(await liveOf(given, 'stripe-payments')).toEqual(['receive 2', 'drain 3', 'release 3']);
    await given.answer('resumePlan', { id });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({ state: 'done' });
    expect(await liveOf(given, 'stripe-payments')).toEqual(['receive 2', 'drain 2', 'release 2']);
  });

  it('stops a deployment that is under way, and changes no version', async () => {
    const given = new Given();
    given.ports.deployed.put('acme-orders', deployed('lane', [1, 2, 3], { live: '2', canary: '3' }));
    given.ports.deployed.isDeploying = true;
    const plan = await done(given, 'rollback');
    expect(plan.samples).toEqual([expect.stringContaining('stops the deployment of lane')]);
    expect(plan).toMatchObject({ state: 'done', done: 1 });
    expect(await given.ports.deployed.functions({ id: 'acme-orders' })).toMatchObject([
      { live: '2', canary: undefined },
    ]);
    expect(given.ports.deployed.isDeploying).toBe(false);
    // As where its job dies after the stop: the stack’s own rollback deleted version 3 meanwhile.
    const [fn] = await given.ports.deployed.functions({ id: 'acme-orders' });
    expect(movesBack([{ ...fn!, versions: fn!.versions.slice(0, 2) }], `plan ${plan.id}`)).toEqual([]);
  });

  it('ends a canary that somebody began by hand', async () => {
    const given = new Given();
    given.ports.deployed.put('acme-orders', deployed('lane', [1, 2, 3], { live: '2', canary: '3' }));
    await done(given, 'rollback');
    expect(await given.ports.deployed.functions({ id: 'acme-orders' })).toMatchObject([
      { live: '2', canary: undefined },
    ]);
  });

  it.each([
    ['its stack is not deployed', []],
    ['deploy the commit that you want', [deployed('lane', [1])]],
  ])('says why where it cannot: %s', async (note, functions) => {
    const given = new Given();
    given.ports.deployed.put('acme-orders', ...functions);
    expect(await planned(given, 'rollback')).toMatchObject({
      state: 'failed',
      note: expect.stringContaining(note),
    });
  });

  it('needs nobody’s approval, also where the contract wants it for one unit', async () => {
    const given = new Given();
    given.ports.deployed.put('stripe-payments', deployed('receive', [1, 2]));
    expect(await done(given, 'rollback', 'stripe-payments')).toMatchObject({ state: 'done' });
  });
});
