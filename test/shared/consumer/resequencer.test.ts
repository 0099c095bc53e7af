import fc from 'fast-check';
import { type Resequenced, Resequencer } from '#shared/consumer/resequencer.ts';
import type { SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import { anyDelivery, anyHistory } from './history.ts';

const event = (aggregateid: string, sequence: string, id = `${aggregateid}${sequence}`): SequencedEvent => ({
  id,
  tenantid: 't',
  aggregatetype: 'member',
  aggregateid,
  sequence,
});

const wide = { milliseconds: 1_000, eventsMax: 1_000, aggregatesMax: 1_000 };
const sequencesOf = (events: readonly SequencedEvent[], aggregateid: string): readonly string[] =>
  events.filter(one => one.aggregateid === aggregateid).map(one => one.sequence);

function run<E extends SequencedEvent>(
  sequencer: Resequencer<E>,
  events: readonly E[],
  everyMilliseconds: number,
): Resequenced<E> {
  const steps = events.map((one, at) => sequencer.accept(one, at * everyMilliseconds));
  return {
    released: [...steps.flatMap(step => step.released), ...sequencer.drain()],
    late: steps.flatMap(step => step.late),
    repeated: steps.flatMap(step => step.repeated),
  };
}

const ids = (events: readonly SequencedEvent[]): readonly string[] => events.map(one => one.id).toSorted();

describe('re-sequencing', () => {
  test('within the window any shuffle comes out complete and in order', () => {
    const delivered = anyHistory.chain(history =>
      anyDelivery(history.events).map(events => ({ history, events })),
    );
    fc.assert(
      fc.property(delivered, ({ history, events }) => {
        const { released, late } = run(new Resequencer(wide), events, 0);
        expect(late).toEqual([]);
        expect(ids(released)).toEqual(ids(history.events));
        for (const { aggregateid } of released)
          expect(sequencesOf(released, aggregateid)).toEqual(sequencesOf(released, aggregateid).toSorted());
      }),
    );
  });

  test('in any window every event has one fate, and no aggregate goes back', () => {
    const delivered = anyHistory.chain(history => anyDelivery(history.events));
    const window = fc.record({
      milliseconds: fc.nat(20),
      eventsMax: fc.nat(10),
      aggregatesMax: fc.constant(1_000),
    });
    fc.assert(
      fc.property(delivered, window, (events, bounds) => {
        const { released, late, repeated } = run(new Resequencer(bounds), events, 3);
        expect(ids([...released, ...late, ...repeated])).toEqual(ids(events));
        for (const { aggregateid } of released)
          expect(sequencesOf(released, aggregateid)).toEqual(sequencesOf(released, aggregateid).toSorted());
      }),
    );
  });

  test('an event is held for the window, then released with what is older', () => {
    const sequencer = new Resequencer(wide);
    expect(sequencer.accept(event('a', '2'), 0).released).toEqual([]);
    expect(sequencer.accept(event('a', '1'), 999).released).toEqual([]);
    expect(sequencer.release(1_000)).toEqual([event('a', '1'), event('a', '2')]);
  });

  test('one that comes after a newer was released is late, not lost', () => {
    const sequencer = new Resequencer(wide);
    sequencer.accept(event('a', '2'), 0);
    sequencer.release(1_000);
    expect(sequencer.accept(event('a', '1'), 1_001)).toEqual({
      released: [],
      late: [event('a', '1')],
      repeated: [],
    });
  });

  test('an event that comes again is repeated, whatever became of it before and what was released since', () => {
    const delivered = anyHistory.chain(history => anyDelivery(history.events));
    const window = fc.record({
      milliseconds: fc.nat(20),
      eventsMax: fc.nat(10),
      aggregatesMax: fc.constant(1_000),
    });
    fc.assert(
      fc.property(delivered, window, (events, bounds) => {
        const { released, late, repeated } = run(new Resequencer(bounds), events, 3);
        const once = new Map(events.map(one => [one.id, one]));
        expect(ids([...released, ...late])).toEqual(ids([...once.values()]));
        expect(repeated).toHaveLength(events.length - once.size);
      }),
    );
  });

  test('an event that comes again is repeated, even if its stream gave it another sequence', () => {
    const sequencer = new Resequencer(wide);
    sequencer.accept(event('a', '1', 'one'), 0);
    expect(sequencer.accept(event('a', '2', 'one'), 1).repeated).toHaveLength(1);
    expect(sequencer.drain()).toEqual([event('a', '1', 'one')]);
    expect(sequencer.accept(event('a', '3', 'one'), 2).repeated).toHaveLength(1);
  });

  test('of ids beyond the limit the oldest are forgotten, and their repeats are late', () => {
    const sequencer = new Resequencer({ ...wide, milliseconds: 0, idsMax: 2 });
    for (const sequence of ['1', '2', '3']) sequencer.accept(event('a', sequence), 0);
    expect(sequencer.accept(event('a', '2'), 0).repeated).toHaveLength(1);
    expect(sequencer.accept(event('a', '1'), 0).late).toHaveLength(1);
  });

  test('two events of one change both come out, each once', () => {
    const sequencer = new Resequencer(wide);
    const [one, two] = [event('a', '1', 'one'), event('a', '1', 'two')];
    sequencer.accept(one, 0);
    expect(sequencer.release(1_000)).toEqual([one]);
    expect(sequencer.accept(two, 1_001).late).toEqual([]);
    expect(sequencer.accept(one, 1_002).repeated).toEqual([one]);
    expect(sequencer.drain()).toEqual([two]);
  });

  test('never more than the limit are held', () => {
    const sequencer = new Resequencer({ ...wide, eventsMax: 2 });
    const released = ['5', '4', '3', '2', '1'].map(
      sequence => sequencer.accept(event(sequence, sequence), 0).released,
    );
    expect(released.map(events => events.length)).toEqual([0, 0, 1, 1, 1]);
  });
});
