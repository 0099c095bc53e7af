import { setTimeout } from 'node:timers/promises';
import type { PutRecord } from '../../cdc-feed/flow/stream-events.ts';
import { type ColumnUnderTest, quoted } from '../column-under-test.ts';
import { differencesIn, insertsOf } from '../compare.ts';
import { type FollowedTable, follow } from '../mirror.ts';
import type { Outcome } from '../outcome.ts';
import { Random } from '../random.ts';
import { type Dialect, writeHistory } from '../write-history.ts';
import { ChangeRecords, lsnOf } from './change-records.ts';
import { Cluster } from './cluster.ts';
import { columns as everyColumn } from './columns.ts';

const table = 'public.everything';
const sessions = 4;
const transactions = 40;

const copied = (text: string | null): string =>
  text === null ? '\\N' : text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');

let files = 0;

const dialectOf = (cluster: Cluster): Dialect => ({
  table,
  literal: (_column, text) => quotedOrNull(text),
  pause: 'select pg_sleep(0.002);',
  insert: rows => {
    const values = rows.map(row => `(${row.map(quotedOrNull).join(', ')})`).join(', ');
    return `insert into ${table} values ${values} on conflict do nothing`;
  },
  bulk: rows => {
    const text = rows.map(row => `${row.map(copied).join('\t')}\n`).join('');
    return `copy ${table} from ${quoted(cluster.file(`bulk-${files++}`, text))}`;
  },
});

const quotedOrNull = (text: string | null): string => (text === null ? 'null' : quoted(text));

const definitions = (list: readonly ColumnUnderTest[]) =>
  list.map(({ name, sql, required }) => `${name} ${sql}${required ? ' not null' : ''}`).join(', ');

const followed = (columns: readonly ColumnUnderTest[]): FollowedTable => ({
  name: table,
  key: ['id'],
  columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
});

/** A history of several sessions at once, followed through the log of a PostgreSQL of its own. @throws ServerMissing */
export async function runPostgresql(seed: number): Promise<Outcome[]> {
  const random = new Random(seed);
  const cluster = new Cluster();
  try {
    const outcomes: Outcome[] = [];
    for (const [identity, hasSchema] of [
      ['full', true],
      ['full', false],
      ['default', true],
    ] as const)
      outcomes.push(await followHistory(cluster, { identity, hasSchema, random }));
    return outcomes;
  } finally {
    cluster.stop();
  }
}

const differs = (one: string, other: string): string => `${one} is distinct from ${other}`;

interface Way {
  readonly identity: 'full' | 'default';
  readonly hasSchema: boolean;
  readonly random: Random;
}

async function followHistory(cluster: Cluster, { identity, hasSchema, random }: Way): Promise<Outcome> {
  // Old keys alone, and a large value that a change does not touch is not in the log at all.
  const columns = everyColumn.filter(({ name }) => identity === 'full' || name !== 'long');
  const write = (count: number) => writeAtOnce(cluster, columns, { random, count });
  prepare(cluster, columns, identity);
  // Rows from before the slot are known from the snapshot alone.
  await write(1);
  const [[start = ''] = []] = cluster.sql(
    "select lsn from pg_create_logical_replication_slot('feed', 'pgoutput')",
  );
  const changes = new ChangeRecords(cluster, { table, key: ['id'], hasSchema });
  const records: PutRecord[] = changes.read(lsnOf(start), 'initial');
  const [, incremental] = await Promise.all([write(sessions), readBeside(cluster, changes)]);
  await waitForKey(cluster);
  const live = changes.changes('feed', 'edge');
  const middle = random.below(live.length);
  records.push(...live.slice(0, middle), ...incremental, ...live.slice(middle));
  const source = {
    kind: 'debezium',
    connector: 'postgresql',
    beforeImage: identity === 'full' ? 'full' : 'key',
  } as const;
  const found = await follow(source, followed(columns), records, random);
  cluster.sql(
    [`create table mirror (${definitions(columns)});`, ...insertsOf(columns, found.rows)].join('\n'),
  );
  const differences = cluster.sql(differencesIn(table, columns, differs)).map(row => row.join(' '));
  return {
    name: `PostgreSQL, replica identity ${identity}, records ${hasSchema ? 'with' : 'without'} schema`,
    records: records.length,
    published: found.published,
    rows: found.rows.length,
    troubles: [...found.troubles, ...differences],
  };
}

function prepare(cluster: Cluster, columns: readonly ColumnUnderTest[], identity: Way['identity']): void {
  cluster.sql(`
    select pg_drop_replication_slot(slot_name) from pg_replication_slots;
    drop publication if exists edge;
    drop table if exists ${table}, mirror;
    drop type if exists mood;
    create type mood as enum ('sad', 'happy');
    create table ${table} (${definitions(columns)}, primary key (id));
    alter table ${table} replica identity ${identity};
    create publication edge for table ${table};
  `);
}

/** Sessions that change the same rows; those that fail, by a deadlock or a key that is taken, are rolled back. */
async function writeAtOnce(
  cluster: Cluster,
  columns: readonly ColumnUnderTest[],
  { random, count }: { readonly random: Random; readonly count: number },
): Promise<void> {
  const scripts = Array.from({ length: count }, (_, i) =>
    writeHistory(dialectOf(cluster), columns, { session: i + 1, transactions, random }),
  );
  const errors = await Promise.all(scripts.map(script => cluster.session(script)));
  const unexpected = errors
    .join('')
    .split('\n')
    .find(line => /ERROR/.test(line) && !isExpected(line));
  if (unexpected) throw new Error(`a session failed: ${unexpected.slice(0, 400)}`);
}

const isExpected = (line: string): boolean =>
  /deadlock|duplicate key|transaction is aborted|savepoint/.test(line);

/** A key that one session waits for until another has deleted it: its row stands in the log before the delete. */
async function waitForKey(cluster: Cluster): Promise<void> {
  const insert = `insert into ${table} (id, note) values (-1, 'x')`;
  const first = cluster.session(
    `begin; ${insert}; select pg_sleep(1); delete from ${table} where id = -1; commit;`,
  );
  await setTimeout(500);
  const errors = await Promise.all([first, cluster.session(`${insert};`)]);
  if (errors.join('')) throw new Error(errors.join(''));
}

/** An incremental snapshot, while the sessions write. */
async function readBeside(cluster: Cluster, changes: ChangeRecords): Promise<PutRecord[]> {
  await setTimeout(100);
  const [[lsn = ''] = []] = cluster.sql('select pg_current_wal_lsn()');
  return changes.read(lsnOf(lsn), 'incremental');
}
