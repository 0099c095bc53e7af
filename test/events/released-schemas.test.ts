import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { loadSoundContracts } from '#infra/contracts.ts';
import { releasedPath, requireReleased } from '#infra/released-schemas.ts';
import { breakingChanges } from '#shared/derive/breaking-changes.ts';
import { type JsonSchema, releasedName, releasedText } from '#shared/derive/event-schema.ts';

const folder = join(process.cwd(), 'events', 'released');
const released = readdirSync(folder);
const { events } = await loadSoundContracts();

describe('released schemas', () => {
  it('are what every event says', () => {
    expect(() => requireReleased(events)).not.toThrow();
  });

  it('all belong to an event: a released version is never taken away', () => {
    expect(released.sort()).toEqual(events.map(releasedName).sort());
  });
});

describe('synth and deploy', () => {
  const [event] = events;
  const example = { ...event!, schema: z.strictObject({ id: z.string() }) };
  const rootWith = (text: string | undefined): string => {
    const root = mkdtempSync(join(tmpdir(), 'edge-released-'));
    mkdirSync(join(root, 'events', 'released'), { recursive: true });
    if (text !== undefined) writeFileSync(releasedPath(example, root), text);
    return root;
  };
  const refusal = (text: string | undefined) => () => requireReleased([example], rootWith(text));

  it('accept an event whose schema is released', () => {
    expect(refusal(releasedText(example))).not.toThrow();
  });

  it('refuse an event that is not released, or was extended since, and say what to run', () => {
    expect(refusal(undefined)).toThrow(`${example.type} is new. Run: npm run release-schemas`);
    const before = { ...example, schema: z.strictObject({ id: z.string(), note: z.string().optional() }) };
    expect(refusal(releasedText({ ...example, summary: 'Other words.' }))).toThrow(
      `${example.type} is extended`,
    );
    expect(refusal(releasedText(before))).toThrow('data.note: was removed');
  });

  it('refuse an event that would break its consumers, and say where', () => {
    const before = { ...example, schema: z.strictObject({ id: z.int() }) };
    expect(refusal(releasedText(before))).toThrow(
      `${example.type} breaks its consumers, so it needs a new version in a new file: data.id: its rules changed`,
    );
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
