import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import * as z from 'zod';
import { isFields, type ReadRecord, RecordReader } from '#adapters/file-lane/core/csv/reader.ts';
import type { RecordBatch } from '#adapters/file-lane/core/csv/record-batch.ts';
import { RecordScanner } from '#adapters/file-lane/core/csv/scanner.ts';
import { rowMaker } from '#adapters/file-lane/core/row/make-row.ts';
import type { Emission } from '#shared/contract/emission.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { rowReader } from '#shared/core/mapping/read-row.ts';
import { lanes } from '../lane/lanes.ts';
import { StageClock } from './stage-clock.ts';

/**
 * The lane's stages one after the other over each piece of the file, CPU summed by stage: `stages <path>`. Making rows
 * does reading, mapping and checking again, so what is its own is the difference.
 */
export const stageNames = [
  'read the file',
  'hash the bytes',
  'scan for records',
  'decode and split',
  'read the fields',
  'map',
  'check the schema',
  'ids, hashes, envelope',
] as const;
export type Stage = (typeof stageNames)[number];

/** What it prints: rows, and the CPU of each stage in microseconds. */
export interface Stages {
  readonly rows: number;
  readonly stages: Readonly<Record<Stage, number>>;
}

const [path] = process.argv.slice(2) as [string];
const lane = lanes.file;
const columnsAt = Object.keys(lane.columns).map((_, i) => i);
const schema = z.compile(itemAt(lane.events, 0, 'event').schema);
const read = rowReader(lane.columns, columnsAt);
const make = rowMaker(lane, origin(), { columnsAt });

const clock = new StageClock(stageNames);
const scanner = new RecordScanner(lane.dialect);
const reader = new RecordReader(lane.dialect, columnsAt.length);
const hash = createHash('sha256');
let rows = 0;

const source = createReadStream(path)[Symbol.asyncIterator]();
for (;;) {
  const { value: piece, done } = await clock.timeAsync('read the file', () => source.next());
  if (done) break;
  clock.time('hash the bytes', () => hash.update(piece));
  take(clock.time('scan for records', () => scanner.push(piece)));
}
take(scanner.end());
const found: Stages = { rows, stages: clock.microseconds };
process.stdout.write(JSON.stringify(found));

function take(batch: RecordBatch): void {
  const records = clock.time('decode and split', () => reader.read(batch));
  const from = rows === 0 ? 1 : 0; // The header.
  const good = records.slice(from).filter(isFields);
  const values = clock.time('read the fields', () => good.map(fields => read(fields, {}).values));
  const data = clock.time('map', () => values.map(row => (lane.map(row) as Emission).data));
  clock.time('check the schema', () => data.map(one => schema.safeParse(one)));
  clock.time('ids, hashes, envelope', () => makeRows(batch, records, from));
  rows += good.length;
}

function makeRows(batch: RecordBatch, records: readonly ReadRecord[], from: number): void {
  for (let i = from; i < batch.count; i++) {
    const at = { line: batch.lines[i] ?? 0, record: i, byteOffset: batch.offsets[i] ?? 0 };
    const raw = batch.bytes.subarray(batch.starts[i], batch.ends[i]);
    const row = make(records[i] ?? [], raw, raw.length, at);
    if (row.events.kind !== 'events') throw new Error(`line ${at.line} ended ${row.events.kind}`);
  }
}

function origin() {
  return {
    contract: lane,
    correlationId: 'acme-orders.0123456789abcdef0123456789abcdef01234567',
    causationId: 'b0f3c1de-6c3b-4f6f-9d59-0c8e6a4b6f11',
    traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-01',
    processKey: 'acme-orders/orders_20261101.csv',
    ingestedAt: '2026-11-01T08:00:00.000Z',
    arrivedAt: '2026-11-01T08:00:00.000Z',
    corrects: false,
    identity: '0123456789abcdef'.repeat(4),
    fileName: 'orders_20261101.csv',
    rawUri: 's3://inbound/acme/in/orders_20261101.csv?versionId=abcdefghijklmnopqrstuvwxyz012345',
  };
}
