import * as z from 'zod';
import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { personalLeaks } from '#adapters/cdc-feed/contract/personal-leaks.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import { pii } from '#shared/contract/pii.ts';
import { email, flag, integer, oneOf, optional, phone, text } from '#shared/core/mapping/author-kit.ts';
import { spec } from '../flow/feeds.ts';

const schema = z.strictObject({
  id: z.string(),
  mail: pii('email', z.string()).optional(),
  person: pii('name', z.strictObject({ name: z.string() })).optional(),
  contacts: z.array(z.strictObject({ kind: z.string(), value: pii('phone', z.string()) })).optional(),
  note: z.string().optional(),
  nested: z.strictObject({ note: z.string() }).optional(),
  list: z.array(z.strictObject({ note: z.string() })).optional(),
  known: z.boolean().optional(),
});
const updated = defineEvent({
  ...{
    domain: 'people',
    aggregate: 'person',
    name: 'updated',
    version: 1,
    category: 'fact',
    owner: 'people',
  },
  ...{ summary: 'A person changed.', sla: { publishedWithinSeconds: 60 }, retention: { archiveDays: 1 } },
  ...{ schema, aggregateId: ['id'], example: { id: '1' } },
});

const columns = {
  id: { type: is.integer(), read: text({ max: 20 }) },
  age: { type: is.integer(), read: integer({ min: 1 }) },
  kind: { type: is.text(), read: oneOf({ P: 'private', C: 'company' }) },
  company: { type: is.text(), read: optional(text({ max: 80 })) },
  vip: { type: is.boolean(), read: flag({ yes: 'true', no: 'false' }) },
  email: { type: is.text(), read: email() },
  phone: { type: is.text(), read: optional(phone()) },
  name: { type: is.text(), read: text({ max: 80, pii: 'name' }) },
  tax: { type: is.text(), read: text({ max: 11, pattern: /T-\d{4}/, pii: 'identifier' }) },
} as const;

type Data = Omit<z.infer<typeof schema>, 'id'>;
interface Person {
  readonly email: string;
  readonly phone: string | null;
  readonly name: string;
  readonly tax: string;
  readonly kind: string;
  readonly company: string | null;
  readonly vip: boolean;
}

const people = (map: (row: Person) => Data, more: object = {}) =>
  table({
    ...{ key: ['id'], columns, events: { created: updated, updated, deleted: { skip: 'Nobody asks.' } } },
    map: row => ({ id: row.id, ...map({ ...row, tax: row.tax ?? '' }) }),
    ...more,
  });
const define = (map: (row: Person) => Data) => () =>
  defineCdcFeed({ ...spec, tables: { 'public.people': people(map) } } as CdcFeedSpec);

/** Its tax number has a form of which no value is known: with it, no row can be made up. */
const withoutTax = (map: (row: Person) => Data) => () => {
  const { tax: _, ...others } = columns;
  return defineCdcFeed({
    ...spec,
    tables: {
      'public.people': table({
        ...{
          key: ['id'],
          columns: others,
          events: { created: updated, updated, deleted: { skip: 'Nobody asks.' } },
        },
        map: row => ({ id: row.id, ...map({ ...row, tax: '' }) }),
      }),
    },
  });
};

describe('a personal column that reaches an untagged property', () => {
  it.each<[string, (row: Person) => Data, string]>([
    ['as it is', row => ({ note: row.email }), 'column "email" is personal data (email) and reaches "note"'],
    [
      'within a text',
      row => ({ note: `call ${row.phone}` }),
      'column "phone" is personal data (phone) and reaches "note"',
    ],
    [
      'rewritten',
      row => ({ note: row.name.toUpperCase() }),
      'column "name" is personal data (name) and reaches "note"',
    ],
    ['in an object', row => ({ nested: { note: row.email } }), 'reaches "nested.note"'],
    ['in a list', row => ({ list: [{ note: row.email }] }), 'reaches "list[].note"'],
    ['where another column is null', row => ({ note: row.company ?? row.name }), 'reaches "note"'],
    ['where a flag is set', row => (row.vip ? { note: row.email } : {}), 'reaches "note"'],
    ['where a flag is not set', row => (row.vip ? {} : { note: row.email }), 'reaches "note"'],
    ['for one code only', row => (row.kind === 'company' ? { note: row.email } : {}), 'reaches "note"'],
  ])('is refused with its place: %s', (_, map, message) => {
    expect(withoutTax(map)).toThrow(message);
    expect(withoutTax(map)).toThrow('public.people: column');
    expect(withoutTax(map)).toThrow('of people.person.updated.v1, which is not tagged; tag it with pii()');
  });

  it.each<[string, (row: Person) => Data]>([
    ['tagged', row => ({ mail: row.email })],
    ['within something tagged', row => ({ person: { name: row.name } })],
    ['tagged in a list', row => ({ contacts: [{ kind: 'phone', value: row.phone ?? '' }] })],
    ['that says only whether there is one', row => ({ known: row.email !== '' })],
    ['that shows a part which many people share', row => ({ note: row.email.split('@')[1] ?? '' })],
    ['without one', () => ({ note: 'x' })],
  ])('is accepted: %s', (_, map) => {
    expect(withoutTax(map)).not.toThrow();
  });

  it('is found in a sample where no row can be made up', () => {
    const leaking = (row: Person) => ({ note: row.tax.slice(-4) });
    const strict = (row: Person) => {
      if (!/^T-/.test(row.tax)) throw new TypeError('no tax number');
      return leaking(row);
    };
    expect(define(strict)).not.toThrow();
    const row = {
      id: '1',
      age: 30,
      kind: 'private',
      company: null,
      vip: false,
      email: 'x@example.com',
      phone: null,
      name: 'X',
      tax: 'T-1234',
    };
    expect(personalLeaks(people(strict), row)).toMatchObject([
      { column: 'tax', path: 'note' },
      { column: 'tax', path: 'note' },
    ]);
  });
});
