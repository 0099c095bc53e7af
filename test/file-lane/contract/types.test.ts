import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import { stockUpdated } from '#events/inventory/stock-updated.v1.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import { emit } from '#shared/contract/emission.ts';
import type { Field, Row } from '#shared/contract/field.ts';
import { decimal } from '#shared/core/mapping/decimal.ts';
import { integer } from '#shared/core/mapping/integer.ts';
import { oneOf } from '#shared/core/mapping/one-of.ts';
import { optional } from '#shared/core/mapping/optional.ts';
import { text } from '#shared/core/mapping/text.ts';
import { eventSpec, laneSpec, event as orderCreated } from './lanes.ts';

/**
 * What must and must not compile; the type check is the test. Each line below a `@ts-expect-error` must be an error,
 * and nothing here is run.
 */
function mustAndMustNotCompile() {
  const columns = {
    no: text({ max: 9 }),
    count: integer(),
    status: oneOf({ N: 'new', P: 'paid' }),
    price: optional(decimal()),
  };
  type Read = Row<typeof columns>;
  const row = {} as Read;
  const no: string = row.no;
  const count: number = row.count;
  const status: 'new' | 'paid' = row.status;
  const price: string | null = row.price;
  // @ts-expect-error a decimal is text, never a number
  const sum: number = row.price;
  // @ts-expect-error the partner's code does not come through
  const code: 'N' = row.status;
  // @ts-expect-error there is no such column
  row.number;
  // @ts-expect-error rows are read, not written
  row.count = 3;

  emit(orderCreated, { orderId: no, count, email: status });
  // @ts-expect-error a property of the event is missing
  emit(orderCreated, { orderId: no, count });
  // @ts-expect-error a number where the event has text
  emit(orderCreated, { orderId: 1, count, email: '' });

  defineFileLane({
    ...laneSpec,
    columns,
    key: ['no'],
    map: read => emit(orderCreated, { orderId: read.no, count: read.count, email: '' }),
  });
  defineFileLane({
    ...laneSpec,
    // @ts-expect-error a key must be a column
    key: ['number'],
  });
  defineFileLane({
    ...laneSpec,
    // @ts-expect-error a control total must be a column
    controlTotals: ['number'],
  });
  defineFileLane({
    ...laneSpec,
    // @ts-expect-error an event that the lane does not declare
    map: () => emit(stockUpdated, stockUpdated.example),
  });
  // @ts-expect-error no such way of finding duplicates
  defineFileLane({ ...laneSpec, duplicates: 'content' });
  // @ts-expect-error a mapping must make something of the row
  defineFileLane({ ...laneSpec, map: () => undefined });

  // @ts-expect-error the aggregate's id must be a property of the data
  defineEvent({ ...eventSpec, aggregateId: ['order'] });
  // @ts-expect-error no such category
  defineEvent({ ...eventSpec, category: 'event' });
  // @ts-expect-error the field of another type
  const wrong: Field<number> = text({ max: 9 });
  return [price, sum, code, wrong];
}

describe('types', () => {
  it('are held by the type check', () => {
    expect(mustAndMustNotCompile).toBeInstanceOf(Function);
  });
});
