import { archivePlans } from '#infra/platform/archive-plan.ts';
import type { EventContract } from '#shared/contract/define-event.ts';

const event = (type: string, archiveDays: number) => ({ type, retention: { archiveDays } }) as EventContract;

describe('archives of the bus', () => {
  it('are one for each number of days, and none for events that are not kept', () => {
    expect(archivePlans([event('b', 365), event('a', 365), event('c', 30), event('d', 0)])).toEqual([
      { name: '30d', days: 30, types: ['c'] },
      { name: '365d', days: 365, types: ['a', 'b'] },
    ]);
  });

  it('hold every event once, in patterns that EventBridge takes', () => {
    const types = Array.from({ length: 500 }, (_, n) => `domain.some-longer-aggregate.number-${n}.v1`);
    const plans = archivePlans(types.map(type => event(type, 30)));
    expect(plans.flatMap(plan => plan.types).sort()).toEqual([...types].sort());
    expect(new Set(plans.map(({ name }) => name)).size).toBe(plans.length);
    for (const plan of plans)
      expect(JSON.stringify({ 'detail-type': plan.types }).length).toBeLessThanOrEqual(4_096);
  });
});
