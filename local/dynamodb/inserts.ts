import { readInsert } from './read-insert.ts';

/** A call of DynamoDB's own API. Rejects with an error whose message names the service's error. */
export type Act = <T>(action: string, input: Readonly<Record<string, unknown>>) => Promise<T>;

interface Answer {
  readonly TableName?: string;
  readonly Error?: { readonly Code: string; readonly Message: string };
}

interface Described {
  readonly Table: {
    readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  };
}

/** BatchExecuteStatement, for `INSERT`: each statement has its own answer, and a key that is there answers `DuplicateItem`. */
export class Inserts {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async run(statements: unknown): Promise<readonly Answer[]> {
    return Promise.all(
      (Array.isArray(statements) ? statements : []).map(statement => this.#insert(statement)),
    );
  }

  async #insert(statement: object): Promise<Answer> {
    const insert = readInsert(statement);
    if (!insert)
      return { Error: { Code: 'ValidationError', Message: 'only INSERT of parameters is served here' } };
    const { table: TableName, item: Item } = insert;
    const { Table } = await this.#act<Described>('DescribeTable', { TableName });
    try {
      await this.#act('PutItem', {
        TableName,
        Item,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': Table.KeySchema[0]?.AttributeName },
      });
      return { TableName };
    } catch (error) {
      if (!String(error).includes('ConditionalCheckFailedException')) throw error;
      return {
        TableName,
        Error: { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
      };
    }
  }
}
