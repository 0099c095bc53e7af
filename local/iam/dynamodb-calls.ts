import { arn } from '../aws-names.ts';
import { readInsert } from '../dynamodb/read-insert.ts';
import type { Call } from './decide.ts';
import { type JsonInput, listOr, objectOr } from './json-input.ts';

/** Partition key attribute by table. */
export type PartitionKeys = ReadonlyMap<string, string>;

/** Of each table that a request names, the partition keys that it reads or writes: `dynamodb:LeadingKeys`. */
export const dynamodbCalls =
  (region: string, keys: PartitionKeys) =>
  (operation: string, input: JsonInput): readonly Call[] => {
    const call = (table: string, leading: readonly string[]): Call => ({
      action: `dynamodb:${operation}`,
      resource: arn(
        'dynamodb',
        region,
        `table/${table}${input.IndexName ? `/index/${input.IndexName}` : ''}`,
      ),
      ...(leading.length > 0 && { context: { 'dynamodb:leadingkeys': leading } }),
    });
    const keyOf = (table: string, item: unknown) => leadingKey(objectOr(item)[keys.get(table) ?? '']);
    if (operation === 'BatchGetItem' || operation === 'BatchWriteItem')
      return Object.entries(objectOr(input.RequestItems)).map(([table, asked]) =>
        call(
          table,
          itemsOf(asked).flatMap(item => keyOf(table, item)),
        ),
      );
    if (operation === 'BatchExecuteStatement')
      return listOr(input.Statements).flatMap(statement => {
        const insert = readInsert(statement);
        if (!insert) return [{ action: 'dynamodb:PartiQL', resource: '*' }];
        const { table, item } = insert;
        return [{ ...call(table, keyOf(table, item)), action: 'dynamodb:PartiQLInsert' }];
      });
    if (input.TableName === undefined) return [{ action: `dynamodb:${operation}`, resource: '*' }];
    const table = tableName(String(input.TableName));
    const item = keyOf(table, input.Key ?? input.Item);
    return [call(table, operation === 'Query' ? queried(input, keys.get(table)) : item)];
  };

/** The API takes names and ARNs. */
const tableName = (nameOrArn: string): string => nameOrArn.replace(/^.*table\//s, '');

/** Keys to get, or requests to put and delete. */
const itemsOf = (asked: unknown): readonly unknown[] =>
  Array.isArray(asked)
    ? listOr(asked).map(one => objectOr(one.PutRequest).Item ?? objectOr(one.DeleteRequest).Key)
    : listOr(objectOr(asked).Keys);

/** Of a query, what the partition key is compared with. */
function queried(input: JsonInput, key: string | undefined): string[] {
  const names = objectOr(input.ExpressionAttributeNames);
  const values = objectOr(input.ExpressionAttributeValues);
  for (const [, name = '', value = ''] of String(input.KeyConditionExpression ?? '').matchAll(
    /([#\w.-]+)\s*=\s*(:\w+)/g,
  ))
    if ((names[name] ?? name) === key) return leadingKey(values[value]);
  const [legacy] = listOr(objectOr(objectOr(input.KeyConditions)[key ?? '']).AttributeValueList);
  return leadingKey(legacy);
}

const leadingKey = (value: unknown): string[] => Object.values(objectOr(value)).map(String).slice(0, 1);
