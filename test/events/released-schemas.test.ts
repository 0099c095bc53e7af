import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '#infra/contracts.ts';
import { breakingChanges } from '#shared/derive/breaking-changes.ts';
import { eventSchema, type JsonSchema, releasedName, releasedText } from '#shared/derive/event-schema.ts';

const folder = join(process.cwd(), 'events', 'released');
const released = readdirSync(folder);
const { events } = await loadContracts();
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('released schemas', () => {
  it.each(events.map(event => [event.type, event] as const))('of %s are what the event says', (_, event) => {
    if (!released.includes(releasedName(event)))
      throw new Error(`${event.type} is not released; run: npm run release-schemas`);
    const text = read(releasedName(event));
    expect(breakingChanges(JSON.parse(text) as JsonSchema, eventSchema(event))).toEqual([]);
    if (text !== releasedText(event))
      throw new Error(`${event.type} was extended; run: npm run release-schemas`);
  });

  it('all belong to an event: a released version is never taken away', () => {
    expect(released.sort()).toEqual(events.map(releasedName).sort());
  });
});

describe('a change to a released schema', () => {
  const before: JsonSchema = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      status: { type: 'string', enum: ['a', 'b'] },
      lines: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
    },
    required: ['id', 'lines'],
  };
  const changed = (properties: Record<string, JsonSchema>, required = before.required!) =>
    breakingChanges(before, { ...before, properties: { ...before.properties, ...properties }, required });

  it('may add optional and nullable properties, at any depth, and change words', () => {
    const note: JsonSchema = { anyOf: [{ type: 'string' }, { type: 'null' }] };
    expect(changed({ note })).toEqual([]);
    expect(changed({ note }, ['id', 'lines', 'note'])).toEqual([]);
    expect(changed({ note: { type: ['string', 'null'] } }, ['id', 'lines', 'note'])).toEqual([]);
    expect(changed({ note: { type: 'string' } })).toEqual([]);
    const lines = before.properties!.lines!;
    expect(changed({ lines: { ...lines, properties: { ...lines.properties, note } } })).toEqual([]);
    expect(changed({ id: { type: 'string', title: 'Order' } })).toEqual([]);
  });

  it.each([
    [
      'a new required property',
      { note: { type: 'string' } },
      ['id', 'lines', 'note'],
      'data.note: is new and neither optional nor nullable',
    ],
    ['another type', { id: { type: 'integer' } }, undefined, 'data.id: its rules changed'],
    [
      'a new code',
      { status: { type: 'string', enum: ['a', 'b', 'c'] } },
      undefined,
      'data.status: its rules changed',
    ],
    ['a property made required', {}, ['id', 'lines', 'status'], 'data.status: became required'],
    ['a property made optional', {}, ['id'], 'data.lines: became optional'],
    [
      'a nested property removed',
      { lines: { type: 'object', properties: {}, required: [] } },
      undefined,
      'data.lines.sku: was removed',
    ],
    [
      'a personal field no longer said to be',
      { id: { type: 'string', 'x-pii': 'email' } },
      undefined,
      'data.id: its rules changed',
    ],
  ] as const)('breaks by %s, and says what broke', (_, properties, required, message) => {
    expect(changed(properties as unknown as Record<string, JsonSchema>, required && [...required])).toEqual([
      message,
    ]);
  });
});
