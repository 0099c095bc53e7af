import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PutRecord } from '../stream-events.ts';
import { rowOf, rowSchema } from './as-debezium.ts';
import { Cluster } from './cluster.ts';
import { type Message, PgOutput, type Relation } from './pgoutput.ts';
import { afterSnapshot, beforeSnapshot } from './story.ts';

/**
 * Records `integrations/crm-customers/samples/postgres/records.jsonl` from a real PostgreSQL: a story in SQL is run, its
 * changes are read through logical decoding with `pgoutput`, the plugin that Debezium uses, and written as Debezium's
 * PostgreSQL connector writes them (JSON with schema, default settings). The order of the log, its positions,
 * transaction ids, commit times, old rows, TOAST values left out, changed keys and the truncate are PostgreSQL's own.
 *
 * Not part of the tests, which need no PostgreSQL. On Debian: `apt-get install postgresql-15`, its `bin` folder on the path,
 * then `npx tsx test/cdc-feed/postgres/record.ts`, and look at what changed in the sample.
 */
const folder = join(process.cwd(), 'integrations/crm-customers/samples/postgres');
const cluster = new Cluster();
try {
  cluster.sql(beforeSnapshot);
  const [[start]] = cluster.sql("select lsn from pg_create_logical_replication_slot('feed', 'pgoutput')") as [
    [string],
  ];
  const snapshot = snapshotRecords(lsnOf(start));
  for (const statement of afterSnapshot) cluster.sql(statement);
  const records = [...snapshot, ...changeRecords()];
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'records.jsonl'),
    `${records.map(record => JSON.stringify(record)).join('\n')}\n`,
  );
  process.stdout.write(`${records.length} records\n`);
} finally {
  cluster.stop();
}

function lsnOf(text: string): number {
  const [high, low] = text.split('/');
  return Number((BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`));
}

interface Moment {
  readonly lsn: number;
  readonly micros: bigint;
  readonly txId?: number;
  readonly snapshot?: string;
}

function snapshotRecords(lsn: number): PutRecord[] {
  const relation = relationOf('public', 'customers');
  const names = relation.columns.map(({ name }) => `coalesce(${name}::text, '\\N')`);
  const rows = cluster.sql(`select ${names.join(', ')} from customers order by id`);
  return rows.map((row, i) => {
    const tuple = row.map(text => (text === '\\N' ? null : { text }));
    const micros = BigInt(Date.now()) * 1_000n;
    const flag = i === 0 ? 'first' : i === rows.length - 1 ? 'last' : 'true';
    return record('r', relation, { after: rowOf(relation, tuple) }, { lsn, micros, snapshot: flag });
  });
}

function relationOf(schema: string, table: string): Relation {
  const columns = cluster.sql(
    `select attname, atttypid, atttypmod from pg_attribute where attrelid = '${schema}.${table}'::regclass and attnum > 0 order by attnum`,
  );
  return {
    schema,
    table,
    columns: columns.map(([name, type, modifier]) => ({
      name: name!,
      type: Number(type),
      modifier: Number(modifier),
    })),
  };
}

function changeRecords(): PutRecord[] {
  const messages = cluster.sql(
    "select lsn, encode(data, 'hex') from pg_logical_slot_get_binary_changes('feed', null, null, 'proto_version', '1', 'publication_names', 'crm')",
  );
  const plugin = new PgOutput();
  let begun = { micros: 0n, txId: 0 };
  return messages.flatMap(([lsn, hex]) => {
    const message = plugin.parse(Buffer.from(hex!, 'hex'));
    if (message?.kind === 'begin') begun = { micros: message.commitMicros, txId: message.xid };
    return message ? recordsOf(message, { ...begun, lsn: lsnOf(lsn!) }) : [];
  });
}

function recordsOf(message: Message, moment: Moment): PutRecord[] {
  if (message.kind === 'begin') return [];
  if (message.kind === 'truncate')
    return message.relations.map(relation => record('t', relation, {}, moment));
  const { relation, old } = message;
  const before = old && rowOf(relation, old);
  if (message.kind === 'delete') return [record('d', relation, { before }, moment), tombstone(before)];
  const after = rowOf(relation, message.new!, old);
  if (message.kind === 'insert') return [record('c', relation, { after }, moment)];
  if (!before || before.id === after.id) return [record('u', relation, { before, after }, moment)];
  // A changed key: the old row goes, a new one comes.
  return [
    record('d', relation, { before }, moment),
    tombstone(before),
    record('c', relation, { after }, moment),
  ];
}

type Row = Readonly<Record<string, unknown>>;

function keyOf(row: Row | undefined): string {
  return JSON.stringify({ id: row?.id });
}

function tombstone(before: Row | undefined): PutRecord {
  return { partitionKey: keyOf(before), data: { base64: '' } };
}

function record(
  op: string,
  relation: Relation,
  { before, after }: { readonly before?: Row | undefined; readonly after?: Row },
  { lsn, micros, txId, snapshot = 'false' }: Moment,
): PutRecord {
  const { schema, table } = relation;
  const millis = Number(micros / 1_000n);
  const source = {
    ...{
      version: '3.0.8.Final',
      connector: 'postgresql',
      name: 'crm',
      ts_ms: millis,
      snapshot,
      db: 'postgres',
    },
    ...{ sequence: `[null,"${lsn}"]`, ts_us: Number(micros), schema, table },
    ...{ txId: txId ?? null, lsn, xmin: null },
  };
  const payload = {
    before: before ?? null,
    after: after ?? null,
    source,
    transaction: null,
    op,
    ts_ms: millis,
  };
  const envelope = {
    type: 'struct',
    fields: [rowSchema(relation, 'before'), rowSchema(relation, 'after')],
    optional: false,
    name: `crm.${schema}.${table}.Envelope`,
    version: 2,
  };
  const partitionKey = op === 't' ? 'default' : keyOf(after ?? before);
  return { partitionKey, data: { schema: envelope, payload } };
}
