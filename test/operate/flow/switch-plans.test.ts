import { applySwitch } from '#operate/flow/switch/apply-switch.ts';
import { Given, integrations, now } from './given.ts';

const [lane] = integrations;
const ben = { arn: 'arn:aws:iam::123456789012:user/ben', account: '123456789012' };

/** Makes a plan, and runs it to its end. */
async function switched(given: Given, kind: 'disable' | 'enable', integration = 'acme-orders') {
  const { id } = await given.answer('makePlan', { kind, integration });
  await given.work();
  const { hash } = await given.answer('readPlan', { id });
  await given.answer('runPlan', { id, hash });
  await given.work();
  return given.answer('readPlan', { id });
}

const stateOf = async (given: Given) => {
  const { integrations: states } = await given.answer('listIntegrations');
  return states.find(({ id }) => id === 'acme-orders');
};

const mappingsOf = (given: Given) => given.ports.mappings.list({ id: 'acme-orders' });

describe('a plan that disables', () => {
  it('stops an integration at its source, and another lets it go on', async () => {
    const given = new Given();
    given.ports.mappings.put('acme-orders', { uuid: 'm', state: 'Enabled' }, { uuid: 'n', state: 'Enabled' });
    const plan = await switched(given, 'disable');
    expect(plan).toMatchObject({ state: 'done', units: 1, done: 1, repeats: 0, failures: [] });
    expect(plan.samples).toEqual([expect.stringContaining('files are dropped as always')]);
    expect(await mappingsOf(given)).toEqual([
      { uuid: 'm', state: 'Disabled' },
      { uuid: 'n', state: 'Disabled' },
    ]);
    expect(await stateOf(given)).toMatchObject({
      state: 'disabled',
      disabled: { plan: plan.id, by: plan.madeBy, waitsUntil: '2026-11-24T12:00:00.000Z' },
      attention: [expect.stringMatching(/^disabled since .* by user\/ada; its input waits until /)],
    });
    expect(await switched(given, 'enable')).toMatchObject({ state: 'done', done: 1 });
    expect((await mappingsOf(given)).map(({ state }) => state)).toEqual(['Enabled', 'Enabled']);
    expect(await stateOf(given)).toMatchObject({ state: 'ok', disabled: null, attention: [] });
  });

  it('says that nothing changes where it is disabled, and keeps since when', async () => {
    const given = new Given();
    given.ports.mappings.put('acme-orders', { uuid: 'm', state: 'Enabled' });
    await switched(given, 'disable');
    const before = await given.ports.switches.find('acme-orders');
    await given.ports.clock.sleep(60_000);
    expect(await switched(given, 'disable')).toMatchObject({ state: 'done', repeats: 1 });
    expect((await given.ports.switches.find('acme-orders'))?.at).toBe(before?.at);
  });

  it('needs nobody’s approval, also where the contract wants it for one unit', async () => {
    const given = new Given();
    given.ports.mappings.put('stripe-payments', { uuid: 'm', state: 'Enabled' });
    for (let n = 0; n < 4; n++)
      expect(await switched(given, n % 2 ? 'enable' : 'disable', 'stripe-payments')).toMatchObject({
        state: 'done',
      });
  });

  it('says that there is nothing to stop where the stack is not deployed', async () => {
    const given = new Given();
    const { id } = await given.answer('makePlan', { kind: 'disable', integration: 'acme-orders' });
    await given.work();
    expect(await given.answer('readPlan', { id })).toMatchObject({
      state: 'failed',
      note: expect.stringContaining('acme-orders has no event source mapping'),
    });
  });

  it('stops with a message when a mapping does not get there, and is resumed', async () => {
    const given = new Given();
    given.ports.mappings.put('acme-orders', { uuid: 'm', state: 'Updating' });
    const stuck = await switched(given, 'disable');
    expect(stuck).toMatchObject({
      state: 'paused',
      note: expect.stringContaining('an event source mapping of acme-orders is still Updating'),
    });
    expect(await stateOf(given)).toMatchObject({ state: 'disabled' });
    given.ports.mappings.put('acme-orders', { uuid: 'm', state: 'Enabled' });
    await given.answer('resumePlan', { id: stuck.id });
    await given.work();
    expect(await given.answer('readPlan', { id: stuck.id })).toMatchObject({ state: 'done', done: 1 });
    expect(await mappingsOf(given)).toEqual([{ uuid: 'm', state: 'Disabled' }]);
  });
});

describe('of two plans', () => {
  it('the one that was made later wins, also when the job of the other comes back', async () => {
    const given = new Given();
    given.ports.mappings.put('acme-orders', { uuid: 'm', state: 'Enabled' });
    const older = await given.answer('makePlan', { kind: 'disable', integration: 'acme-orders' });
    await given.work();
    const { hash } = await given.answer('readPlan', { id: older.id });
    await given.ports.clock.sleep(1_000);
    const newer = await switched(given, 'enable');
    await given.answer('runPlan', { id: older.id, hash }, ben);
    await given.work();
    expect(await given.answer('readPlan', { id: older.id })).toMatchObject({
      state: 'failed',
      failures: [{ reason: `plan ${newer.id} was made later, and says: enabled` }],
    });
    expect(await mappingsOf(given)).toEqual([{ uuid: 'm', state: 'Enabled' }]);
  });

  it('that work at the same time, both follow the switch that was set last', async () => {
    const { ports } = new Given();
    ports.mappings.put('acme-orders', { uuid: 'm', state: 'Enabled' });
    const by = 'arn:aws:iam::123456789012:user/ada';
    const at = new Date(now).toISOString();
    await ports.switches.set('acme-orders', { to: 'disabled', plan: '1', by, at });
    let looks = 0;
    const mappings = {
      set: ports.mappings.set.bind(ports.mappings),
      list: async (known: { id: string }) => {
        // Another plan sets the switch after the first one has read it.
        if (looks++ === 0) await ports.switches.set('acme-orders', { to: 'enabled', plan: '2', by, at });
        return ports.mappings.list(known);
      },
    };
    expect(await applySwitch({ ...ports, mappings }, lane!)).toMatchObject({ plan: '2', to: 'enabled' });
    expect(await ports.mappings.list({ id: 'acme-orders' })).toEqual([{ uuid: 'm', state: 'Enabled' }]);
  });
});
