import type { Bus, BusAnswer, BusEntry } from '#shared/ports.ts';

export interface BusUnderTest {
  readonly bus: Bus;
  /** Entries that the bus took, in order. */
  taken(): readonly BusEntry[];
  /** Makes the bus answer so to the entry with this detail. */
  answer(detail: string, kind: BusAnswer['kind']): void;
}

export const entry = (detail: string): BusEntry => ({
  id: detail,
  source: 'orders',
  detailType: 'orders.order.created.v1',
  detail,
});

/** What every bus promises. */
export const busSuite = (make: () => BusUnderTest): void => {
  it('takes entries in one call, as they are', async () => {
    const { bus, taken } = make();
    const entries = ['{"n":1}', '{"n":2}', '{"n":"ü"}'].map(entry);
    expect(await bus.put(entries)).toEqual(entries.map(() => ({ kind: 'accepted' })));
    expect(taken()).toEqual(entries);
  });

  it('answers each entry in its place and takes only what it accepts', async () => {
    const { bus, taken, answer } = make();
    answer('2', 'throttled');
    answer('3', 'denied');
    answer('4', 'refused');
    const answers = await bus.put(['1', '2', '3', '4', '5'].map(entry));
    expect(answers.map(({ kind }) => kind)).toEqual([
      'accepted',
      'throttled',
      'denied',
      'refused',
      'accepted',
    ]);
    expect(taken().map(({ detail }) => detail)).toEqual(['1', '5']);
  });

  it('refuses a call with more entries than it takes', async () => {
    const { bus, taken } = make();
    const answers = await bus.put(Array.from({ length: 11 }, (_, n) => entry(String(n))));
    expect(answers.map(({ kind }) => kind)).toEqual(Array(11).fill('refused'));
    expect(taken()).toEqual([]);
  });
};
