import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PutRecord } from '../../cdc-feed/flow/stream-events.ts';
import { ChangeRecords, lsnOf } from './change-records.ts';
import { Cluster } from './cluster.ts';
import { afterSnapshot, beforeSnapshot } from './story.ts';

/**
 * Records `integrations/crm-customers/samples/postgres/records.jsonl` from a real PostgreSQL: a story in SQL is run, its
 * changes are read through logical decoding with `pgoutput`, the plugin that Debezium uses, and written as Debezium's
 * PostgreSQL connector writes them.
 *
 * Not part of the tests, which need no PostgreSQL. On Debian: `apt-get install postgresql`,
 * then `npx tsx test/real-databases/postgresql/record.ts`, and look at what changed in the sample.
 */
const folder = join(process.cwd(), 'integrations/crm-customers/samples/postgres');
const cluster = new Cluster();
try {
  cluster.sql(beforeSnapshot);
  const [[start] = []] = cluster.sql(
    "select lsn from pg_create_logical_replication_slot('feed', 'pgoutput')",
  );
  const table = new ChangeRecords(cluster, { table: 'public.customers', key: ['id'], hasSchema: true });
  const snapshot = table.read(lsnOf(start ?? ''), 'initial');
  for (const statement of afterSnapshot) cluster.sql(statement);
  const records = [...snapshot, ...table.changes('feed', 'crm')];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'records.jsonl'), `${records.map(line).join('\n')}\n`);
  process.stdout.write(`${records.length} records\n`);
} finally {
  cluster.stop();
}

/** A record's JSON as an object, so that it can be read in the file. */
function line({ partitionKey, data }: PutRecord): string {
  return typeof data === 'string'
    ? `{"partitionKey":${JSON.stringify(partitionKey)},"data":${data}}`
    : JSON.stringify({ partitionKey, data });
}
