import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { type EventMessage, takeMessages } from '#shared/consumer/take-messages.ts';
import { unpackEvents } from '#shared/consumer/unpack-events.ts';
import { emit } from '#shared/contract/emission.ts';
import { isFault } from '#shared/contract/fault.ts';
import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { fillEntries } from '#shared/core/batch/fill-entries.ts';
import { batchedWriter, entryWriter } from '#shared/core/event/entry-writer.ts';
import { eventMaker } from '#shared/core/event/event-maker.ts';
import { facts, parcel, parcelSent, source } from '../core/event/events.ts';

type Parcel = typeof parcel;

const eventsOf = (
  form: 'single' | 'batch',
  keys: readonly string[],
  sequence = facts.sequence,
): BusEvent[] => {
  const make = eventMaker<BusEvent>([parcelSent], source, form === 'batch' ? batchedWriter : entryWriter);
  return keys.map(parcelId => {
    const event = make(emit(parcelSent, { ...parcel, parcelId }), { ...facts, key: [parcelId], sequence });
    if (isFault(event)) throw new Error(event.detail);
    return event;
  });
};

const deliveriesOf = (events: readonly BusEvent[]) =>
  fillEntries(events).map(({ source, detailType, detail }) => ({
    ...{ version: '0', id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718', 'detail-type': detailType, source },
    detail: JSON.parse(detail) as unknown,
  }));

/** A queue with Lambda's mapping, whose messages go to its dead-letter queue after so many receives. */
class Queue {
  readonly waiting: (EventMessage & { receives: number })[] = [];
  readonly deadLetters: EventMessage[] = [];
  readonly applied: string[] = [];
  readonly failures: unknown[] = [];
  readonly store = new MemoryVersionStore<Parcel>();
  isFull = false;
  #sent = 0;

  send(bodies: readonly (object | string)[]): void {
    for (const body of bodies) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      this.waiting.push({ messageId: `m-${this.#sent++}`, body: text, receives: 0 });
    }
  }

  async run(isPoison: (key: string) => boolean): Promise<void> {
    for (let rounds = 0; this.waiting.length > 0 && rounds < 20; rounds++) {
      const taken = this.waiting.splice(0);
      const { batchItemFailures } = await takeMessages<Parcel>(taken, {
        apply: async event => {
          if (isPoison(event.aggregateid)) throw new Error(`cannot take ${event.aggregateid}`);
          this.applied.push(event.aggregateid);
          await applyWhenNewer(this.store, event, ({ data }) => data);
        },
        sendAgain: async bodies => {
          if (this.isFull) throw new Error('the queue takes nothing');
          this.send(bodies);
        },
        onFailure: error => void this.failures.push(error),
      });
      for (const { itemIdentifier } of batchItemFailures) {
        const message = taken.find(({ messageId }) => messageId === itemIdentifier)!;
        message.receives += 1;
        (message.receives >= 3 ? this.deadLetters : this.waiting).push(message);
      }
    }
  }
}

const keys = ['1', '2', 'poison', '4', '5'];
const isPoison = (key: string) => key === 'poison';

describe('events of a delivery', () => {
  it('are the same in both forms', () => {
    const [batch, ...others] = deliveriesOf(eventsOf('batch', keys));
    expect(others).toEqual([]);
    expect(unpackEvents(batch!)).toEqual(deliveriesOf(eventsOf('single', keys)).flatMap(unpackEvents));
  });

  it('are refused where they are not ours, or where their batch lost some', () => {
    const [batch] = deliveriesOf(eventsOf('batch', keys));
    const { events, ...shared } = batch!.detail as { events: object[] };
    expect(() => unpackEvents({ detail: { state: 'running' } })).toThrow('no event of ours');
    expect(() => unpackEvents({ detail: undefined })).toThrow('no event of ours');
    expect(() => unpackEvents({ detail: { ...shared, events: events.slice(1) } })).toThrow('4 events of 5');
    expect(() => unpackEvents({ detail: { eventcount: 1, events: [{ id: '1' }] } })).toThrow(
      'no event of ours',
    );
  });
});

describe('messages of a queue', () => {
  it('never repeat an event because another of their batch fails, which ends in the dead-letter queue alone', async () => {
    const queue = new Queue();
    queue.send(deliveriesOf(eventsOf('batch', keys)));
    await queue.run(isPoison);
    expect(queue.applied).toEqual(['1', '2', '4', '5']);
    const [letter, ...others] = queue.deadLetters;
    expect(others).toEqual([]);
    expect(unpackEvents(JSON.parse(letter!.body)).map(({ subject }) => subject)).toEqual(['poison']);
    expect(queue.failures).toHaveLength(4);
  });

  it('come again themselves when all their events fail, as of a single event', async () => {
    const queue = new Queue();
    queue.send([
      ...deliveriesOf(eventsOf('single', ['poison', '1'])),
      ...deliveriesOf(eventsOf('batch', ['2', '3'])),
    ]);
    let isDown = true;
    await queue.run(key => {
      const fails = isDown && key !== '1';
      if (key === '3') isDown = false;
      return fails;
    });
    expect(queue.applied).toEqual(['1', 'poison', '2', '3']);
    expect(queue.deadLetters).toEqual([]);
  });

  it('come again where the failed event cannot be sent, so that it is not lost', async () => {
    const queue = new Queue();
    queue.isFull = true;
    queue.send(deliveriesOf(eventsOf('batch', keys)));
    await queue.run(isPoison);
    expect(queue.deadLetters).toHaveLength(1);
    expect([...queue.store.states().keys()]).toHaveLength(4);
  });

  it('fail alone when they are no delivery', async () => {
    const queue = new Queue();
    queue.send(['{', ...deliveriesOf(eventsOf('single', ['1']))]);
    await queue.run(() => false);
    expect(queue.applied).toEqual(['1']);
    expect(queue.deadLetters.map(({ body }) => body)).toEqual(['{']);
  });

  it('leave the newest state, whatever the form and the order in which they come', async () => {
    const queue = new Queue();
    queue.send(deliveriesOf(eventsOf('batch', ['1', '2'], '00000000000000000009')));
    queue.send(deliveriesOf(eventsOf('single', ['1', '2'])));
    await queue.run(() => false);
    expect([...queue.store.states().values()].map(({ parcelId }) => parcelId)).toEqual(['1', '2']);
    expect(queue.applied).toEqual(['1', '2', '1', '2']);
  });
});
