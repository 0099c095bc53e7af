import { emptyCounts } from '#operate/core/proof/day-counts.ts';
import { Given } from './given.ts';

describe('the books of a fence by day', () => {
  it('are those that the auditor counted, the newest first', async () => {
    const given = new Given();
    const counts = {
      ...emptyCounts,
      received: 3,
      outcomes: { published: 2, rejected: 1 },
      claimed: 4,
      onBus: 4,
    };
    await given.ports.standings.keepDay('stripe-payments', '2026-11-20', counts);
    await given.ports.standings.keepDay('stripe-payments', '2026-11-18', emptyCounts);
    await given.ports.standings.keepDay('stripe-payments', '2026-11-01', counts);
    const { days } = await given.answer('readDayBooks', { integration: 'stripe-payments' });
    expect(days).toEqual([
      { day: '2026-11-20', ...counts },
      { day: '2026-11-18', ...emptyCounts },
    ]);
    const other = await given.answer('readDayBooks', { integration: 'stripe-payments', to: '2026-11-03' });
    expect(other.days.map(({ day }) => day)).toEqual(['2026-11-01']);
  });

  it('of a lane are in its hand-offs', async () => {
    expect((await new Given().ask('readDayBooks', { integration: 'acme-orders' })).status).toBe(400);
  });
});
