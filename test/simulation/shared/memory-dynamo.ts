import { createRequire } from 'node:module';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '#shared/aws/dynamo-table.ts';

const require = createRequire(import.meta.url);

type Attributes = Record<string, Record<string, unknown>>;
type Input = Readonly<Record<string, unknown>> & { readonly TableName: string };

/** What dynalite says of a call: nothing, or an error as DynamoDB sends it. */
type Answered = (error: Refusal | null | undefined, answer?: Record<string, unknown>) => void;

interface Refusal {
  readonly name?: string;
  readonly message?: string;
  readonly body?: { readonly __type: string; readonly message?: string };
}

interface ItemStore {
  lock(key: string, locked: (release: (answered: Answered) => Answered) => void): void;
  get(key: string, found: (error: Error | null, item?: Attributes) => void): void;
  put(key: string, item: Attributes, stored: (error: null) => void): void;
  del(key: string, deleted: (error: null) => void): void;
}

type Action = (store: object, data: object, answered: Answered) => void;
/** Parses the expressions of a call, and gives what is wrong with them. */
type Parse = (data: object, store: object) => string | undefined;

const actionNames = ['getItem', 'putItem', 'updateItem', 'deleteItem'] as const;
type ActionName = (typeof actionNames)[number];

const dynalite = new Map(
  actionNames.map(name => [
    name,
    {
      act: require(`dynalite/actions/${name}.js`) as Action,
      parse: (require(`dynalite/validations/${name}.js`) as { readonly custom: Parse }).custom,
    },
  ]),
);

const actions: Readonly<Record<string, ActionName>> = {
  GetCommand: 'getItem',
  PutCommand: 'putItem',
  UpdateCommand: 'updateItem',
  DeleteCommand: 'deleteItem',
};

/** A document client's command. */
export interface DynamoCommand {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

/**
 * Tables in memory behind the document client's `send`. dynalite, which the local cloud runs, evaluates the conditions and updates
 * and knows the limits; only where items are kept is of its own, so that a call is over before the next one begins.
 */
export class MemoryDynamo {
  readonly #tables = new Map<string, Map<string, Attributes>>();
  readonly #sortKeys: Readonly<Record<string, readonly string[]>>;

  /** `keys`: the key attributes of each table. */
  constructor(keys: Readonly<Record<string, readonly string[]>>) {
    this.#sortKeys = keys;
    for (const name of Object.keys(keys)) this.#tables.set(name, new Map());
  }

  async send({ constructor: { name }, input }: DynamoCommand): Promise<Record<string, unknown>> {
    if (name === 'QueryCommand') return this.#query(input as Input);
    if (name === 'BatchExecuteStatementCommand') return this.#insert(input as Inserting);
    const action = actions[name];
    if (!action) throw new Error(`${name} is not simulated`);
    return this.#act(action, input as Input);
  }

  /** The items of a table, in the order in which they came. */
  items(table: string): readonly Item[] {
    return [...(this.#tables.get(table)?.values() ?? [])].map(item => unmarshall(item as never));
  }

  #act(name: ActionName, input: Input): Record<string, unknown> {
    const action = dynalite.get(name);
    const data = marshalled(input);
    const store = this.#store();
    const problem = action?.parse(data, store);
    if (problem) throw new Error(`ValidationException: ${problem}`);
    let answer: Record<string, unknown> | undefined;
    action?.act(store, data, (error, given) => {
      if (error) throw refusalOf(error);
      answer = given;
    });
    if (!answer) throw new Error(`${name} did not answer at once`);
    return unmarshalled(answer);
  }

  #store(): object {
    return {
      options: { maxItemSize: 409_600 },
      getTable: (name: string, given: unknown, then?: unknown) =>
        (typeof given === 'function' ? given : (then as (error: null, table: object) => void))(
          null,
          this.#described(name),
        ),
      getItemDb: (name: string) => itemStore(this.#tables.get(name) ?? new Map()),
    };
  }

  #described(name: string): object {
    const keys = this.#sortKeys[name] ?? [];
    return {
      TableName: name,
      AttributeDefinitions: keys.map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, n) => ({ AttributeName, KeyType: n === 0 ? 'HASH' : 'RANGE' })),
    };
  }

  /** Of one partition, in the order of the sort key. */
  #query({ TableName, ExpressionAttributeValues }: Input): Record<string, unknown> {
    const { ':pk': pk, ':sk': sk } = ExpressionAttributeValues as Record<':pk' | ':sk', string>;
    const found = this.items(TableName).filter(item => item.pk === pk && String(item.sk).startsWith(sk));
    return { Items: found.sort((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1)) };
  }

  /** Statements as `DynamoTable.insert` writes them. */
  #insert({ Statements }: Inserting): Record<string, unknown> {
    return { Responses: Statements.map(statement => this.#insertOne(statement)) };
  }

  #insertOne({ Statement, Parameters }: Inserting['Statements'][number]): object {
    const TableName = /^INSERT INTO "(\w+)" VALUE/.exec(Statement)?.[1] ?? '';
    const names = [...Statement.matchAll(/'(\w+)': \?/g)].map(([, name = '']) => name);
    const Item = Object.fromEntries(names.map((name, n) => [name, Parameters[n]]));
    const ConditionExpression = 'attribute_not_exists(pk)';
    try {
      this.#act('putItem', { TableName, Item, ConditionExpression });
      return {};
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      return { Error: { Code: 'DuplicateItem' } };
    }
  }
}

interface Inserting {
  readonly Statements: readonly { readonly Statement: string; readonly Parameters: readonly unknown[] }[];
}

const itemStore = (items: Map<string, Attributes>): ItemStore => ({
  lock: (_, locked) => locked(answered => answered),
  get(key, found) {
    const item = items.get(key);
    if (item) found(null, item);
    else found(Object.assign(new Error('not found'), { name: 'NotFoundError' }));
  },
  put(key, item, stored) {
    items.set(key, item);
    stored(null);
  },
  del(key, deleted) {
    items.delete(key);
    deleted(null);
  },
});

const maps = ['Item', 'Key', 'ExpressionAttributeValues'] as const;

const marshalled = (input: Input): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
  ...Object.fromEntries(
    maps
      .filter(name => input[name] !== undefined)
      .map(name => [name, marshall(input[name] as object, { removeUndefinedValues: true })]),
  ),
});

const unmarshalled = (answer: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    ['Item', 'Attributes']
      .filter(name => answer[name] !== undefined)
      .map(name => [name, unmarshall(answer[name] as never)]),
  );

function refusalOf({ body, message }: Refusal): Error {
  const name = body?.__type.split('#')[1] ?? 'Error';
  return Object.assign(new Error(body?.message ?? message ?? name), { name });
}
