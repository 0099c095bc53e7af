import { setTimeout } from 'node:timers/promises';
import type { PutRecord } from '../../cdc-feed/flow/stream-events.ts';
import { type ColumnUnderTest, quoted } from '../column-under-test.ts';
import { differencesIn, insertsOf } from '../compare.ts';
import { type FollowedTable, follow } from '../mirror.ts';
import type { Outcome } from '../outcome.ts';
import { Random } from '../random.ts';
import { type Dialect, writeHistory } from '../write-history.ts';
import { ChangeRecords } from './change-records.ts';
import { columns } from './columns.ts';
import { MariaDb } from './server.ts';

const table = 'everything';
const sessions = 4;
const transactions = 40;

let files = 0;

const literal = ({ make = text => text }: ColumnUnderTest, text: string | null): string =>
  text === null ? 'null' : make(quoted(text));

const loaded = (text: string | null): string =>
  text === null ? '\\N' : text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');

/** Values that are made of a text are read into variables first. */
const variables = columns.map(({ name, make }) => (make ? `@${name}` : name)).join(', ');
const settings = columns
  .flatMap(({ name, make }) => (make ? [`${name} = ${make(`@${name}`)}`] : []))
  .join(', ');

const dialectOf = (server: MariaDb): Dialect => ({
  table,
  literal,
  pause: 'do sleep(0.002);',
  insert: rows => {
    const values = rows.map(
      row => `(${columns.map((column, i) => literal(column, row[i] ?? null)).join(', ')})`,
    );
    return `insert ignore into ${table} values ${values.join(', ')}`;
  },
  bulk: rows => {
    const text = rows.map(row => `${row.map(loaded).join('\t')}\n`).join('');
    const path = server.file(`bulk-${files++}`, text);
    return `load data infile ${quoted(path)} into table ${table} character set utf8mb4 fields escaped by '\\' (${variables}) set ${settings}`;
  },
});

const definitions = columns
  .map(({ name, sql, required }) => `${name} ${sql}${required ? ' not null' : ''}`)
  .join(', ');

const followed: FollowedTable = {
  name: `shop.${table}`,
  key: ['id'],
  columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
};

/** A history of several sessions at once, followed through the log of a MariaDB of its own. @throws ServerMissing */
export async function runMariadb(seed: number): Promise<Outcome[]> {
  const random = new Random(seed);
  const server = await MariaDb.start();
  try {
    const outcomes: Outcome[] = [];
    for (const hasSchema of [true, false]) outcomes.push(await followHistory(server, hasSchema, random));
    return outcomes;
  } finally {
    await server.stop();
  }
}

async function followHistory(server: MariaDb, hasSchema: boolean, random: Random): Promise<Outcome> {
  server.sql(`drop table if exists shop.${table}, shop.mirror;
    create table shop.${table} (${definitions}, primary key (id)) engine=innodb;
    create table shop.mirror like shop.${table};`);
  // Rows from before the connector's start are known from the snapshot alone.
  await writeAtOnce(server, random, 1);
  const changes = new ChangeRecords(server, table, hasSchema);
  const records: PutRecord[] = await changes.read('initial');
  const start = changes.end();
  const [, incremental] = await Promise.all([
    writeAtOnce(server, random, sessions),
    readBeside(server, changes),
  ]);
  const live = changes.changes(start);
  const middle = random.below(live.length);
  records.push(...live.slice(0, middle), ...incremental, ...live.slice(middle));
  const found = await follow({ kind: 'debezium', connector: 'mariadb' }, followed, records, random);
  server.sql(['use shop;', ...insertsOf(columns, found.rows)].join('\n'));
  const differences = server
    .sql(`use shop; ${differencesIn(table, columns, differs)}`)
    .map(row => row.join(' '));
  return {
    name: `MariaDB, records ${hasSchema ? 'with' : 'without'} schema`,
    records: records.length,
    published: found.published,
    rows: found.rows.length,
    troubles: [...found.troubles, ...differences],
  };
}

const differs = (one: string, other: string): string => `not (${one} <=> ${other})`;

/** Sessions that change the same rows; what fails, by a deadlock or a key that is taken, is rolled back. */
async function writeAtOnce(server: MariaDb, random: Random, count: number): Promise<void> {
  const scripts = Array.from({ length: count }, (_, i) =>
    writeHistory(dialectOf(server), columns, { session: i + 1, transactions, random }),
  );
  const errors = await Promise.all(scripts.map(script => server.session(script)));
  const unexpected = errors
    .join('')
    .split('\n')
    .find(line => /ERROR/.test(line) && !isExpected(line));
  if (unexpected) throw new Error(`a session failed: ${unexpected.slice(0, 400)}`);
}

const isExpected = (line: string): boolean =>
  /Deadlock|Lock wait timeout|Duplicate entry|SAVEPOINT|changed since last read/.test(line);

/** An incremental snapshot, while the sessions write; then the log goes on in another file. */
async function readBeside(server: MariaDb, changes: ChangeRecords): Promise<PutRecord[]> {
  await setTimeout(100);
  const read = await changes.read('incremental');
  server.sql('flush binary logs');
  return read;
}
