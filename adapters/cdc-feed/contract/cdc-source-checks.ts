import { isWhole } from '#shared/contract/is-whole.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import type { CdcFeed } from './cdc-feed.ts';
import type { CdcSource, DebeziumSource, DmsSource, DynamoDbSource } from './cdc-source.ts';
import { isPattern } from './table-name.ts';

/** What a log must be able to tell, as it is declared. @throws ContractError */
export function checkSource(where: string, feed: CdcFeed): void {
  const { source } = feed;
  requireThat(
    where,
    isWhole(source.epoch ?? 0, 0, 9_999),
    'source.epoch must be a whole number from 0 to 9,999',
  );
  for (const name of Object.keys(source.entities)) checkName(`${where}: tables`, source, name);
  for (const name of source.skipTables ?? []) checkName(`${where}: skipTables`, source, name);
  checkSkipTables(where, feed);
  if (source.kind === 'dynamodb') checkDynamoDb(where, source);
  if (source.kind === 'debezium') checkDebezium(where, source);
  if (source.kind === 'dms') checkDms(where, source);
}

/** Where a log names tables by two parts, a name of one part is never met: every change would be of an unknown table. */
function checkName(where: string, source: CdcSource, name: string): void {
  const form = nameForm(source);
  requireThat(
    where,
    form === undefined || /^[^.]+\../.test(name),
    `"${name}" must be named ${form}, as the log names it`,
  );
  requireThat(
    where,
    !/^[^.]+\..*\.[*+?]|[\\()|]|\[.*\]/.test(name),
    `"${name}" looks like a regular expression; write the name, or one * for any characters`,
  );
  requireThat(where, name.split('*').length <= 2, `"${name}" has more than one *`);
  const isDynamo = source.kind === 'dynamodb';
  requireThat(where, !(isDynamo && isPattern(name)), `"${name}": a table of DynamoDB is named, without *`);
  requireThat(
    where,
    !/^[^.]*\*[^.]*\./.test(name),
    `"${name}" has a * before the first dot; tables of several schemas have keys of their own, and need an entry each`,
  );
}

function checkSkipTables(where: string, { source, tables, skipTables }: CdcFeed): void {
  for (const [name, reason] of Object.entries(skipTables)) {
    requireThat(where, reason.trim() !== '', `skipTables: "${name}" must say why`);
    requireThat(where, !Object.hasOwn(tables, name), `skipTables: "${name}" is one of tables`);
  }
  requireThat(
    where,
    Object.keys(skipTables).length === 0 || source.kind !== 'dynamodb' || source.form === 'kinesis',
    'skipTables does nothing: the stream of a table carries no other',
  );
}

function nameForm(source: CdcSource): string | undefined {
  if (source.kind === 'dynamodb') return undefined;
  if (source.kind === 'dms') return 'schema.table';
  if (source.connector === 'mongodb') return 'database.collection';
  return ['mysql', 'mariadb'].includes(source.connector) ? 'database.table' : 'schema.table';
}

function checkDebezium(where: string, source: DebeziumSource): void {
  requireThat(where, source.unavailableValue !== '', 'source.unavailableValue must not be empty text');
  requireThat(
    where,
    source.flattenedDeletes === undefined || source.form === 'flattened',
    "source.flattenedDeletes needs form: 'flattened'",
  );
  if (source.connector !== 'mongodb') return;
  requireThat(
    where,
    source.form !== 'flattened',
    "source.form: 'flattened' is of rows; documents of MongoDB are read from their envelope",
  );
  for (const option of ['decimals', 'unavailableValue'] as const)
    requireThat(
      where,
      source[option] === undefined,
      `source.${option} does nothing: MongoDB writes its own types`,
    );
}

function checkDynamoDb(where: string, { entities }: DynamoDbSource): void {
  for (const [name, { key }] of Object.entries(entities))
    requireThat(
      `${where}: ${name}`,
      key.length <= 2,
      'key has at most two columns in DynamoDB: of the partition, and of the order within it',
    );
}

/** Every record of DMS has these two. */
const ownParts: readonly string[] = ['data', 'metadata'];

function checkDms(where: string, { beforeImage }: DmsSource): void {
  requireThat(
    where,
    beforeImage === undefined || (beforeImage !== '' && !ownParts.includes(beforeImage)),
    `source.beforeImage must be a name of its own, not "${beforeImage}"`,
  );
}
