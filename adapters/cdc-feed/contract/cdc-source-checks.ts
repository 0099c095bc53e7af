import { isWhole } from '#shared/contract/is-whole.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import type { CdcFeed } from './cdc-feed.ts';
import type { CdcSource, DebeziumSource, DmsSource, DynamoDbSource } from './cdc-source.ts';

/** What a log must be able to tell, as it is declared. @throws ContractError */
export function checkSource(where: string, { source }: CdcFeed): void {
  requireThat(
    where,
    isWhole(source.epoch ?? 0, 0, 9_999),
    'source.epoch must be a whole number from 0 to 9,999',
  );
  for (const name of Object.keys(source.entities)) checkName(where, source, name);
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
    `tables: "${name}" must be named ${form}, as the log names it`,
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
