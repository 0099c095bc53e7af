import * as z from 'zod';
import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import type { FileLane, FileLaneSpec } from '#adapters/file-lane/contract/file-lane.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import { emit } from '#shared/contract/emission.ts';
import { decimal } from '#shared/core/mapping/decimal.ts';
import { integer } from '#shared/core/mapping/integer.ts';
import { text } from '#shared/core/mapping/text.ts';

export const itemCreated = defineEvent({
  domain: 'shop',
  aggregate: 'item',
  name: 'created',
  version: 1,
  category: 'fact',
  owner: 'shop',
  summary: 'An item came to be.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 30 },
  schema: z.strictObject({ itemId: z.string(), note: z.string(), amount: z.string() }),
  aggregateId: ['itemId'],
  example: { itemId: 'i-1', note: 'a note', amount: '1.50' },
});

export const columns = {
  id: text({ max: 20 }),
  version: integer({ min: 0 }),
  note: text({ max: 200_000 }),
  amount: decimal({ min: '0' }),
};

type Spec = FileLaneSpec<typeof columns, readonly [typeof itemCreated]>;

/** A plain lane `id,version,note,amount`, with what a test changes. */
export const laneWith = (changes: Partial<Spec> = {}): FileLane =>
  defineFileLane({
    id: 'shop-items',
    purpose: 'Items for tests.',
    owner: { team: 'shop', contact: 'shop@example.com' },
    partner: { name: 'Shop', contact: 'partner@example.com' },
    authority: 'The shop.',
    consistency: 'Daily.',
    schemaVersion: '1',
    trust: 'verified',
    tenant: { constant: 'shop' },
    delivery: { folder: 'shop', name: 'items_{digits}.csv', compression: ['gzip', 'zip'] },
    columns,
    key: ['id'],
    duplicates: 'file',
    maxInvalidShare: 1,
    events: [itemCreated],
    map: row => emit(itemCreated, { itemId: row.id, note: row.note, amount: row.amount }),
    ...changes,
  } as Spec);

export const header = 'id,version,note,amount\n';

/** `count` good rows, from `first` on; the note can be made to hold quotes and line ends. */
export const rows = (count: number, first = 1, note = (i: number) => `note ${i}`): string =>
  Array.from({ length: count }, (_, i) => `i-${first + i},1,${note(first + i)},${first + i}.50\n`).join('');
