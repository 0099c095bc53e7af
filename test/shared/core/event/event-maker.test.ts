import { hash } from 'node:crypto';
import { emit } from '#shared/contract/emission.ts';
import { type Fault, isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { traceAttributes } from '#shared/core/envelope/trace-context.ts';
import { entryWriter } from '#shared/core/event/entry-writer.ts';
import { eventMaker } from '#shared/core/event/event-maker.ts';
import { itemCreated } from '#test/file-lane/flow/lanes.ts';
import { facts, parcel, parcelSent, source } from './events.ts';

const make = eventMaker([parcelSent], source, entryWriter);

function written(made: BusEntry | Fault) {
  if (isFault(made)) throw new Error(made.detail);
  return JSON.parse(made.detail);
}

const sha256 = (text: string) => hash('sha256', text, 'hex');

describe('an event made of an emission', () => {
  it('has an id of length-prefixed tenant, integration, type, ordinal, key and version', () => {
    const { id, idempotencykey } = written(make(emit(parcelSent, parcel), facts));
    const framed = '4:acme12:acme-parcels26:shipping.parcel.created.v11:03:p-11:7';
    expect(id).toBe(sha256(framed));
    expect(id).toBe('d367302c7dc534413f26fcb48cf61d6ff2c46fbe2bab51de6ac1beaf557c71e3');
    expect(idempotencykey).toBe('acme-parcels:p-1:7');
  });

  it('has no version in its id where there is none, and its ordinal in its idempotency key', () => {
    const { id, idempotencykey } = written(
      make(emit(parcelSent, parcel), { ...facts, ordinal: 1, version: undefined }),
    );
    expect(id).toBe(sha256('4:acme12:acme-parcels26:shipping.parcel.created.v11:13:p-1'));
    expect(idempotencykey).toBe('acme-parcels:p-1:1');
  });

  it('has another id for another tenant, ordinal, key or version', () => {
    const others = [
      { tenant: 'b' },
      { ordinal: 1 },
      { key: ['p-2'] },
      { version: '8' },
      { version: undefined },
    ];
    const ids = [{}, ...others].map(
      other => written(make(emit(parcelSent, parcel), { ...facts, ...other })).id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carries the data as its schema gives it back, for the bus', () => {
    const made = make(emit(parcelSent, parcel), facts);
    expect(made).toMatchObject({ source: 'shipping', detailType: 'shipping.parcel.created.v1' });
    const { at: _, detail: __, ...data } = parcel;
    expect(written(made)).toMatchObject({
      data,
      tenantid: 'acme',
      aggregateid: 'p-1',
      sequence: facts.sequence,
      externalref: 'parcels.csv#1',
      correlationid: 'acme-parcels.abc',
    });
    expect(written(made).data).toEqual(data);
  });

  it('carries its own trace context where events do not share one', () => {
    const { contract, ...context } = source;
    const alone = eventMaker([parcelSent], { contract }, entryWriter);
    const further = { shared: '', own: traceAttributes(context) };
    expect(written(alone(emit(parcelSent, parcel), { ...facts, further }))).toEqual(
      written(make(emit(parcelSent, parcel), facts)),
    );
  });
});

describe('an emission that is no event', () => {
  it('does not fit its schema: the fault says where, as JSON pointers, and never the value', () => {
    const bad = { ...parcel, code: 4711, 'a/b~c': [{ weight: 'secret' }] } as never;
    expect(make(emit(parcelSent, bad), facts)).toMatchObject({
      code: 'SCHEMA_VIOLATION',
      at: facts.at,
      detail:
        'the data does not fit shipping.parcel.created.v1 at /code: invalid_type; /a~1b~0c/0/weight: invalid_type',
    });
  });

  it('is no object at all', () => {
    const made = make(emit(parcelSent, 'secret' as never), facts);
    expect(made).toMatchObject({ code: 'SCHEMA_VIOLATION' });
    expect((made as Fault).detail).toMatch(/ at the top level: invalid_type$/);
  });

  it('is too large for the bus', () => {
    const remedy = 'x'.repeat(limits.putEventsBytesMax);
    const made = make(emit(parcelSent, { ...parcel, remedy }), facts);
    expect(made).toMatchObject({ code: 'EVENT_TOO_LARGE', at: facts.at });
    expect((made as Fault).detail).toMatch(/^the event takes \d+ bytes$/);
  });

  it('is of an event that the contract does not declare', () => {
    const data = itemCreated.example as never;
    expect(make(emit(itemCreated, data), facts)).toMatchObject({
      code: 'MAPPING_FAILED',
      at: facts.at,
      detail: `the mapping emitted ${itemCreated.type}, which the contract does not declare`,
    });
  });
});
