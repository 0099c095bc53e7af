import {
  BatchExecuteStatementCommand,
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { limits } from '../contract/limits.ts';
import { inParallel } from '../core/batch/in-parallel.ts';
import { AccessDenied } from '../ports.ts';
import { isAccessCode, nameOf, permitted } from './aws-errors.ts';
import { type Change, type Condition, conditionOf, expressionsOf } from './dynamo-expression.ts';

export type Key = Readonly<Record<string, string>>;
export type Item = Readonly<Record<string, unknown>>;

export interface IndexQuery {
  readonly index: string;
  /** Of partition and sort key. */
  readonly condition: Condition;
  readonly newestFirst: boolean;
  readonly limit: number;
  readonly after: Item | undefined;
}

export interface KeyPage {
  readonly keys: readonly Key[];
  /** Undefined when there are no more. */
  readonly last: Item | undefined;
}

/**
 * One table: consistent reads, single-item conditional writes, no transactions. A condition that does not hold is an
 * answer (`false`, undefined), never an exception. The client may repeat a write whose answer was lost, so conditions must
 * hold for their own effect, or the caller reads afterwards.
 */
export class DynamoTable {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;

  constructor(client: DynamoDBDocumentClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async get(key: Key): Promise<Item | undefined> {
    const command = new GetCommand({ TableName: this.#name, Key: key, ConsistentRead: true });
    return (await this.#permitted('reading', this.#client.send(command))).Item;
  }

  /** Without a condition it replaces what is there. */
  async put(item: Item, when?: Condition): Promise<boolean> {
    const command = new PutCommand({ TableName: this.#name, Item: item, ...(when && conditionOf(when)) });
    return (await this.#conditional(this.#client.send(command))) !== undefined;
  }

  /** The item as it is afterwards; undefined when the condition does not hold. */
  async update(key: Key, change: Change): Promise<Item | undefined> {
    const command = new UpdateCommand({
      TableName: this.#name,
      Key: key,
      ReturnValues: 'ALL_NEW',
      ...expressionsOf(change),
    });
    return (await this.#conditional(this.#client.send(command)))?.Attributes;
  }

  /**
   * Inserts items whose keys differ, 25 a call. One answer each, in order: whether it was inserted here. What was throttled, or
   * is there already, was not.
   * @throws AccessDenied
   */
  async insert(items: readonly Item[]): Promise<readonly boolean[]> {
    const calls = Array.from({ length: Math.ceil(items.length / limits.statementsMax) }, (_, n) =>
      items.slice(n * limits.statementsMax, (n + 1) * limits.statementsMax),
    );
    return (await inParallel(calls, limits.callsInFlightMax, call => this.#insertFew(call))).flat();
  }

  async #insertFew(items: readonly Item[]): Promise<readonly boolean[]> {
    const Statements = items.map(item => ({
      Statement: `INSERT INTO "${this.#name}" VALUE {${Object.keys(item)
        .map(name => `'${name}': ?`)
        .join(', ')}}`,
      Parameters: Object.values(item),
    }));
    const { Responses = [] } = await this.#permitted(
      'writing',
      this.#client.send(new BatchExecuteStatementCommand({ Statements })),
    );
    const denied = Responses.find(({ Error: error }) => isAccessCode(error?.Code ?? ''));
    if (denied) throw new AccessDenied(`writing table ${this.#name} was denied (${denied.Error?.Message})`);
    return items.map((_, n) => Responses[n] !== undefined && Responses[n].Error === undefined);
  }

  async delete(key: Key, when: Condition): Promise<boolean> {
    const command = new DeleteCommand({ TableName: this.#name, Key: key, ...conditionOf(when) });
    return (await this.#conditional(this.#client.send(command))) !== undefined;
  }

  /** All items of one partition whose sort key begins so, in its order. */
  async query(pk: string, skPrefix: string): Promise<Item[]> {
    const items: Item[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const command = new QueryCommand({
        TableName: this.#name,
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :sk)',
        ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
        ExpressionAttributeValues: { ':pk': pk, ':sk': skPrefix },
        ExclusiveStartKey: from,
      });
      const page = await this.#permitted('reading', this.#client.send(command));
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** One page of the table's keys, from an index. Not consistent: indexes follow the table. */
  async keysIn({ index, condition, newestFirst, limit, after }: IndexQuery): Promise<KeyPage> {
    const { ConditionExpression, ...named } = conditionOf(condition);
    const command = new QueryCommand({
      TableName: this.#name,
      IndexName: index,
      KeyConditionExpression: ConditionExpression,
      ...named,
      ScanIndexForward: !newestFirst,
      Limit: limit,
      ExclusiveStartKey: after,
    });
    const { Items = [], LastEvaluatedKey } = await this.#permitted('reading', this.#client.send(command));
    return { keys: Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })), last: LastEvaluatedKey };
  }

  /** The items of these keys (at most 100) that are there, in any order: their keys and these fields. Consistent read. */
  async getMany(keys: readonly Key[], fields: readonly string[]): Promise<Item[]> {
    const names = ['pk', 'sk', ...fields];
    const items: Item[] = [];
    for (let left = [...keys], tries = 0; left.length > 0; tries++) {
      if (tries > limits.batchGetTriesMax)
        throw new Error(`table ${this.#name} left ${left.length} items unread`);
      const asked = {
        Keys: left,
        ConsistentRead: true,
        ProjectionExpression: names.map(name => `#${name}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
      };
      const command = new BatchGetCommand({ RequestItems: { [this.#name]: asked } });
      const answer = await this.#permitted('reading', this.#client.send(command));
      items.push(...(answer.Responses?.[this.#name] ?? []));
      left = (answer.UnprocessedKeys?.[this.#name]?.Keys ?? []) as Key[];
    }
    return items;
  }

  async #conditional<T>(call: Promise<T>): Promise<T | undefined> {
    try {
      return await this.#permitted('writing', call);
    } catch (error) {
      if (nameOf(error) === 'ConditionalCheckFailedException') return undefined;
      throw error;
    }
  }

  #permitted<T>(what: string, call: Promise<T>): Promise<T> {
    return permitted(`${what} table ${this.#name}`, call);
  }
}
