import fc from 'fast-check';
import { emit } from '#shared/contract/emission.ts';
import { isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { type BusAnswer, type BusEntry, isBatched } from '#shared/core/batch/bus-entry.ts';
import { fillEntries } from '#shared/core/batch/fill-entries.ts';
import { entryBytes } from '#shared/core/batch/pack.ts';
import { publish } from '#shared/core/batch/publish.ts';
import { batchDetail, detailsIn } from '#shared/core/envelope/batch-form.ts';
import { batchedWriter, entryWriter } from '#shared/core/event/entry-writer.ts';
import { eventMaker } from '#shared/core/event/event-maker.ts';
import { facts, parcel, parcelSent, source } from './event/events.ts';

const batchedOf = eventMaker([parcelSent], source, batchedWriter);
const singleOf = eventMaker([parcelSent], source, entryWriter);

function made<E>(event: E): Exclude<E, { class: unknown }> {
  if (isFault(event)) throw new Error(event.detail);
  return event as Exclude<E, { class: unknown }>;
}

const dataOf = (parcelId: string, remedy = 'x') => emit(parcelSent, { ...parcel, parcelId, remedy });
const factsOf = (key: string, tenant = 'acme') => ({ ...facts, key: [key], tenant });
const batched = (key: string, { remedy = 'x', tenant = 'acme' } = {}) =>
  made(batchedOf(dataOf(key, remedy), factsOf(key, tenant)));

describe('a batch', () => {
  it('holds shared attributes once, and gives back each event as if it had been published alone', () => {
    const keys = ['1', 'quote " and \\', '}],[{', '"eventcount":2,"events":[', 'é\u{1f4a5}'];
    const [entry, ...others] = fillEntries(keys.map(key => batched(key, { remedy: key })));
    expect(others).toEqual([]);
    const detail = JSON.parse(entry!.detail);
    expect(detail).toMatchObject({
      type: parcelSent.type,
      tenantid: 'acme',
      correlationid: source.correlationId,
      processkey: source.processKey,
      eventcount: keys.length,
    });
    expect(Object.keys(detail.events[0])).not.toContain('correlationid');
    const alone = keys.map(key => made(singleOf(dataOf(key, key), factsOf(key))).detail);
    expect(detailsIn(entry!.detail)).toEqual(alone);
    expect(alone.flatMap(detailsIn)).toEqual(alone);
  });

  it('is read as text, for any data and for numbers with more digits than are read', () => {
    const own = fc.array(
      fc.json().map(data => `{"id":"1","data":${data}}`),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(own, events => {
        expect(detailsIn(batchDetail('"a":"\\"{[",', events))).toEqual(
          events.map(event => `{"a":"\\"{[",${event.slice(1)}`),
        );
      }),
    );
    const digits = '{"id":"1","data":{"n":12345678901234567890.10}}';
    expect(detailsIn(batchDetail('', [digits]))).toEqual([digits]);
  });

  it('is of one tenant', () => {
    const entries = fillEntries([batched('1'), batched('2', { tenant: 'globex' }), batched('3')]);
    expect(entries.map(({ events }) => events)).toEqual([[0, 2], [1]]);
  });

  it('takes no more bytes than an entry may have, and no event is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 30 }), lengths => {
        const events = lengths.map((length, n) => batched(String(n), { remedy: 'ü'.repeat(length / 2) }));
        const entries = fillEntries(events);
        for (const entry of entries) expect(entryBytes(entry)).toBeLessThanOrEqual(limits.entryBytesMax);
        expect(entries.flatMap(({ events: own }) => own)).toEqual(lengths.map((_, n) => n));
      }),
      { numRuns: 20 },
    );
  });

  it('takes an event that fills it to the last byte, and not one byte more', () => {
    const frame = entryBytes(fillEntries([batched('1', { remedy: '' })])[0]!);
    const room = limits.entryBytesMax - frame;
    const full = batchedOf(dataOf('1', 'x'.repeat(room - '99999'.length)), factsOf('1'));
    expect(isFault(full)).toBe(false);
    expect(batchedOf(dataOf('1', 'x'.repeat(room + 1)), factsOf('1'))).toMatchObject({
      code: 'EVENT_TOO_LARGE',
    });
  });
});

describe('publishing batches', () => {
  const clock = { sleep: async () => {}, random: () => 0.5 };

  it('finds the one event that the bus refuses, and publishes the others', async () => {
    const taken: string[] = [];
    const bus = {
      put: async (entries: readonly BusEntry[]): Promise<BusAnswer[]> =>
        entries.map(({ detail }) => {
          if (detail.includes('poison')) return { kind: 'refused', reason: 'MalformedDetail' };
          taken.push(...detailsIn(detail).map(text => JSON.parse(text).aggregateid));
          return { kind: 'accepted' };
        }),
    };
    const keys = Array.from({ length: 50 }, (_, n) => (n === 33 ? 'poison' : `p-${n}`));
    const events = keys.map(key => batched(key));
    expect(events.every(isBatched)).toBe(true);
    const answers = await publish(events, { bus, clock });
    expect(answers.map(({ kind }) => kind)).toEqual(
      keys.map(key => (key === 'poison' ? 'refused' : 'accepted')),
    );
    expect(taken.sort()).toEqual(keys.filter(key => key !== 'poison').sort());
  });

  it('sends a throttled batch again, with all its events', async () => {
    let calls = 0;
    const bus = {
      put: async (entries: readonly BusEntry[]): Promise<BusAnswer[]> => {
        calls += 1;
        return entries.map(() =>
          calls === 1 ? { kind: 'throttled', reason: 'slow' } : { kind: 'accepted' },
        );
      },
    };
    const answers = await publish([batched('1'), batched('2')], { bus, clock });
    expect(answers).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
    expect(calls).toBe(2);
  });
});
