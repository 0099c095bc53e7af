import fc from 'fast-check';
import type { Row } from '#adapters/cdc-feed/core/change/change.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { aggregateKey } from '#shared/consumer/sequenced-event.ts';
import { anyDelivery, anyHistory, type MemberEvent } from './history.ts';

const event = (sequence: string, state?: Row): MemberEvent => ({
  id: sequence,
  tenantid: 't',
  aggregatetype: 'member',
  aggregateid: '1',
  sequence,
  state,
});

const valuesIn = (store: MemoryVersionStore<Row>): Record<string, unknown> =>
  Object.fromEntries([...store.states().values()].map(state => [String(state.id), state.value]));

describe('applying only what is newer', () => {
  test('any order and repetition of a history ends in the database’s final state', async () => {
    const delivered = anyHistory.chain(history =>
      anyDelivery(history.events).map(events => ({ history, events })),
    );
    await fc.assert(
      fc.asyncProperty(delivered, async ({ history, events }) => {
        const store = new MemoryVersionStore<Row>();
        for (const delivery of events) await applyWhenNewer(store, delivery, ({ state }) => state);
        expect(valuesIn(store)).toEqual(Object.fromEntries(history.final));
      }),
    );
  });

  test('a snapshot read loses to a live change, whichever comes first', async () => {
    const read = event('0000.0.00000000000000000900', { id: 1, value: 'read' });
    const live = event('0000.1.00000000000000000100', { id: 1, value: 'live' });
    for (const order of [
      [read, live],
      [live, read],
    ]) {
      const store = new MemoryVersionStore<Row>();
      for (const next of order) await applyWhenNewer(store, next, ({ state }) => state);
      expect(store.state(aggregateKey(live))).toEqual({ id: 1, value: 'live' });
    }
  });

  test('a snapshot of a later epoch wins over what was published before', async () => {
    const store = new MemoryVersionStore<Row>();
    await applyWhenNewer(store, event('0000.1.00000000000000000100', { id: 1 }), ({ state }) => state);
    const reread = event('0001.0.00000000000000000001', { id: 1, value: 'repaired' });
    expect(await applyWhenNewer(store, reread, ({ state }) => state)).toBe('applied');
  });

  test('a deleted aggregate is not brought back by an older event', async () => {
    const store = new MemoryVersionStore<Row>();
    expect(await applyWhenNewer(store, event('2'), () => undefined)).toBe('applied');
    expect(await applyWhenNewer(store, event('1', { id: 1 }), ({ state }) => state)).toBe('not-newer');
    expect(store.state(aggregateKey(event('1')))).toBeUndefined();
  });

  test('a failing apply leaves the event to be applied again', async () => {
    const store = new MemoryVersionStore<Row>();
    const failing = applyWhenNewer(store, event('1'), () => Promise.reject(new Error('down')));
    await expect(failing).rejects.toThrow('down');
    expect(await applyWhenNewer(store, event('1', { id: 1 }), ({ state }) => state)).toBe('applied');
  });

  test('a part of an aggregate has a state and a sequence of its own, in the same store', async () => {
    const store = new MemoryVersionStore<string>();
    expect(await applyWhenNewer(store, event('1'), () => 'whole')).toBe('applied');
    expect(await applyWhenNewer(store, event('1'), () => 'part', 'contact')).toBe('applied');
    expect(await applyWhenNewer(store, event('2'), () => 'newer')).toBe('applied');
    expect(await applyWhenNewer(store, event('1'), () => 'again', 'contact')).toBe('not-newer');
    expect(store.state(aggregateKey(event('2')))).toBe('newer');
    expect(store.state(aggregateKey(event('2'), 'contact'))).toBe('part');
  });

  test('aggregates whose parts join to the same text stay apart', () => {
    const parts = (aggregatetype: string, aggregateid: string) =>
      aggregateKey({ ...event('1'), aggregatetype, aggregateid });
    expect(parts('a1:', 'b')).not.toBe(parts('a', '1:b'));
  });
});
