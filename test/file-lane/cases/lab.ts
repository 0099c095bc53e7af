import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import { emit } from '#shared/contract/emission.ts';
import type { Columns } from '#shared/contract/field.ts';
import { optional } from '#shared/core/mapping/optional.ts';
import { text } from '#shared/core/mapping/text.ts';
import { LaneSimulator } from '../flow/simulator.ts';

export const rowCreated = defineEvent({
  domain: 'lab',
  aggregate: 'row',
  name: 'created',
  version: 1,
  category: 'fact',
  owner: 'lab',
  summary: 'A row came.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 1 },
  schema: z.strictObject({ id: z.string(), values: z.array(z.unknown()) }),
  aggregateId: ['id'],
  example: { id: '1', values: ['x'] },
});

const abc = { a: text({ max: 40 }), b: optional(text({ max: 40 })), c: optional(text({ max: 40 })) };

/** A lane `a,b,c`, as the cases name it, or of other columns: the first is the key. */
export const labLane = (changes: object = {}, columns: Columns = abc): FileLane =>
  defineFileLane({
    id: 'lab-abc',
    purpose: 'Files that were tried.',
    owner: { team: 'lab', contact: 'lab@example.com' },
    partner: { name: 'Lab', contact: 'partner@example.com' },
    authority: 'The lab.',
    consistency: 'None.',
    schemaVersion: '1',
    trust: 'verified',
    tenant: { constant: 'lab' },
    delivery: { folder: 'lab', name: 'f{digits}.csv' },
    columns,
    key: [Object.keys(columns)[0]!],
    duplicates: 'file',
    maxInvalidShare: 1,
    events: [rowCreated],
    map: row => emit(rowCreated, { id: String(Object.values(row)[0]), values: Object.values(row) }),
    ...changes,
  });

export const caseFile = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

interface Answer {
  readonly state: string;
  readonly fault: { readonly code: string; readonly detail: string; readonly remedy: string } | null;
  readonly rejectedRows: { readonly first: readonly object[] } | null;
}

/** Drops a file and tells its answer, the values of its events in order, and what was logged. */
export async function dropped(lane: FileLane, content: Uint8Array | string, name = 'f1.csv') {
  const simulator = new LaneSimulator(lane);
  simulator.drop(name, content);
  await simulator.run();
  return {
    simulator,
    answer: simulator.ack(name) as unknown as Answer,
    values: simulator.events().map(({ data }) => (data as { values: unknown[] }).values),
    rejectedCsv: () => simulator.ports.files.text('inbound', `lab/ack/${name}.rejected.csv`),
  };
}
