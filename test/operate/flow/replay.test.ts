import { replayedEventOf } from '#operate/core/bus-log/replayed-event.ts';
import { logLine, putLog } from './bus-log.ts';
import { Given } from './given.ts';

const at = (minute: string) => `2026-11-20T11:${minute}:00Z`;
const hour = { from: at('00'), to: '2026-11-20T12:00:00Z' };

/** A plan that was counted and run. */
async function replayed(given: Given, filter: object) {
  const { id } = await given.answer('makePlan', { kind: 'replay', integration: 'acme-orders', filter });
  await given.work();
  const { hash, units } = await given.answer('readPlan', { id });
  if (units > 0) await given.answer('runPlan', { id, hash });
  await given.work();
  return given.answer('readPlan', { id });
}

function withLog(): Given {
  const given = new Given();
  putLog(given, '2026/11/20/11', 'a', [
    { id: 'one', at: at('10') },
    { id: 'two', at: at('20'), type: 'orders.order.requested.v1' },
    { id: 'other', at: at('25'), processkey: 'crm-customers/customer' },
  ]);
  putLog(given, '2026/11/20/11', 'b', [{ id: 'three', at: at('30') }]);
  return given;
}

describe('a replay', () => {
  it('puts the events of an integration and a time on the bus, with their ids, and marked', async () => {
    const given = withLog();
    const plan = await replayed(given, hour);
    expect(plan).toMatchObject({ state: 'done', units: 3, done: 3, failed: 0 });
    const details = given.ports.bus.details();
    expect(details.map(({ id }) => id).sort()).toEqual(['one', 'three', 'two']);
    for (const detail of details) expect(detail).toMatchObject({ replay: plan.id, tenantid: 'acme' });
    expect(given.ports.bus.accepted[0]).toMatchObject({ source: 'orders' });
  });

  it('sends what a filter chooses to one consumer alone, as a rule of the bus would', async () => {
    const given = withLog();
    const filter = { ...hour, type: 'orders.order.requested.v1', consumer: 'billing' };
    expect(await replayed(given, filter)).toMatchObject({ state: 'done', done: 1 });
    expect(given.ports.bus.accepted).toEqual([]);
    expect(given.ports.consumers.messages).toEqual([
      {
        consumer: 'billing',
        message: expect.objectContaining({
          'detail-type': 'orders.order.requested.v1',
          time: at('20'),
          detail: expect.objectContaining({ id: 'two', data: { email: 'ada@example.com' } }),
        }),
      },
    ]);
  });

  it('to the bus waits while the integration is disabled, and to a consumer does not', async () => {
    const given = withLog();
    const by = 'arn:aws:iam::123456789012:user/ben';
    await given.ports.switches.set('acme-orders', { to: 'disabled', plan: '20261120-1', by, at: at('00') });
    expect(await replayed(given, hour)).toMatchObject({
      ...{ state: 'paused', done: 0, failed: 0 },
      note: `acme-orders is disabled since ${at('00')} by user/ben, and publishes nothing. Enable it, then resume this plan`,
    });
    expect(given.ports.bus.accepted).toEqual([]);
    expect(await replayed(given, { ...hour, consumer: 'billing' })).toMatchObject({ state: 'done', done: 3 });
  });

  it('says that a consumer is not known', async () => {
    const plan = await replayed(withLog(), { ...hour, id: 'one', consumer: 'nobody' });
    expect(plan).toMatchObject({
      failed: 1,
      failures: [{ reason: 'edge.config.ts names no consumer "nobody" for this stage' }],
    });
  });

  it('leaves out events that were replayed themselves, so that none is sent twice', async () => {
    const line = logLine({ id: 'one', at: at('40') });
    const again = replayedEventOf(line, 'earlier')!;
    expect(replayedEventOf(JSON.stringify(again.message), 'later')).toBeUndefined();
  });

  it('keeps the digits of numbers that JavaScript would change', () => {
    const line = logLine({ id: 'one', at: at('40') }).replace('"ada@example.com"', '12345678901234567890.10');
    const { entry } = replayedEventOf(line, 'plan')!;
    expect(entry.detail).toContain('{"replay":"plan","specversion":"1.0"');
    expect(entry.detail).toContain('{"email":12345678901234567890.10}');
  });
});
