import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import {
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  type PutItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';

export interface ClaimStoreProps {
  readonly client: DynamoDBClient;
  /** The same table as `tableName`, for what Powertools does not do. */
  readonly table: DynamoTable;
  readonly tableName: string;
}

/**
 * Powertools' records in the claims table, with two rules more: an item in progress whose worker's time is over goes only to a worker
 * with the same payload, and stays when that one fails. Its first worker may have published before it died or could not remember.
 */
export class ClaimStore extends DynamoDBPersistenceLayer {
  readonly #table: DynamoTable;
  readonly #held = new Set<string>();

  constructor({ client, table, tableName }: ClaimStoreProps) {
    super({
      tableName,
      keyAttr: 'pk',
      expiryAttr: 'expiresAt',
      inProgressExpiryAttr: 'in_progress_expiration',
      awsSdkV3Client: guarded(client, item => this.#noteWhatWasThere(item)),
    });
    this.#table = table;
  }

  /** From now on the key's work may have published. */
  hold(key: string): void {
    this.#held.add(key);
  }

  /** The key's work is over. */
  forget(key: string): void {
    this.#held.delete(key);
  }

  /** The key's work was begun before, by a worker that may have published. */
  #noteWhatWasThere({ pk, status }: StoredItem): void {
    if (pk?.S !== undefined && status?.S === 'INPROGRESS') this.hold(pk.S);
  }

  /** After work that failed: nothing is left, or, if it may have published, its payload alone. */
  protected override async _deleteRecord(record: IdempotencyRecord): Promise<void> {
    const { idempotencyKey } = record;
    if (!this.#held.has(idempotencyKey)) return super._deleteRecord(record);
    const when = { expression: '#status = :inprogress', values: { inprogress: 'INPROGRESS' } };
    await this.#table.update({ pk: idempotencyKey }, { set: { in_progress_expiration: 0 }, when });
  }
}

type StoredItem = NonNullable<PutItemCommandOutput['Attributes']>;

/** The client, with a condition more on every put. `onReplaced` is told the item that a put replaced. */
function guarded(client: DynamoDBClient, onReplaced: (item: StoredItem) => void): DynamoDBClient {
  const send = async (command: unknown) => {
    if (!(command instanceof PutItemCommand)) return client.send(command as never);
    const answer = await client.send(withGuard(command.input));
    if (answer.Attributes) onReplaced(answer.Attributes);
    return answer;
  };
  return Object.assign(Object.create(client), { send });
}

/** Powertools' own condition lets anyone put who finds an item in progress whose time is over. */
function withGuard(input: PutItemCommandInput): PutItemCommand {
  const isFree = 'attribute_not_exists(#guardStatus) OR #guardStatus <> :guardInProgress OR #expiry < :now';
  return new PutItemCommand({
    ...input,
    ReturnValues: 'ALL_OLD',
    ConditionExpression: `(${input.ConditionExpression}) AND (${isFree} OR #guardPayload = :guardPayload)`,
    ExpressionAttributeNames: {
      ...input.ExpressionAttributeNames,
      '#guardStatus': 'status',
      '#guardPayload': 'validation',
      '#expiry': 'expiresAt',
    },
    ExpressionAttributeValues: {
      ...input.ExpressionAttributeValues,
      ':guardInProgress': { S: 'INPROGRESS' },
      ':guardPayload': input.Item?.validation ?? { NULL: true },
    },
  });
}
