import {
  IdempotencyInconsistentStateError,
  IdempotencyItemAlreadyExistsError,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';

/**
 * Powertools' records in the claims table, with one rule more than its own DynamoDB layer: an item in progress whose worker's time is
 * over goes only to a worker with the same payload. Its worker may have published before it died or could not remember.
 */
export class ClaimStore extends BasePersistenceLayer {
  readonly #table: DynamoTable;
  readonly #isHeld: () => boolean;

  /** `isHeld`: whether the work that failed may have published. */
  constructor(table: DynamoTable, isHeld: () => boolean) {
    super();
    this.#table = table;
    this.#isHeld = isHeld;
  }

  protected async _putRecord(record: IdempotencyRecord): Promise<void> {
    const { idempotencyKey, expiryTimestamp, inProgressExpiryTimestamp, payloadHash } = record;
    const item: Item = {
      pk: idempotencyKey,
      status: record.getStatus(),
      expiresAt: expiryTimestamp,
      in_progress_expiration: inProgressExpiryTimestamp,
      validation: payloadHash,
    };
    const now = Date.now();
    const isOver = '#status = :inprogress AND #in_progress_expiration < :now AND #validation = :payload';
    const isPut = await this.#table.put(item, {
      expression: `attribute_not_exists(#pk) OR #expiresAt < :seconds OR (${isOver})`,
      values: { seconds: now / 1000, inprogress: 'INPROGRESS', now, payload: payloadHash },
    });
    if (!isPut) throw new IdempotencyItemAlreadyExistsError();
  }

  protected async _getRecord(key: string): Promise<IdempotencyRecord> {
    const item = await this.#table.get({ pk: key });
    // It was there a moment ago. Powertools begins again.
    if (!item) throw new IdempotencyInconsistentStateError('the item is gone');
    return new IdempotencyRecord({
      idempotencyKey: key,
      status: item.status as 'INPROGRESS' | 'COMPLETED',
      expiryTimestamp: Number(item.expiresAt),
      inProgressExpiryTimestamp: Number(item.in_progress_expiration),
      responseData: item.data as IdempotencyRecord['responseData'],
      payloadHash: String(item.validation),
    });
  }

  protected async _updateRecord(record: IdempotencyRecord): Promise<void> {
    const { idempotencyKey, expiryTimestamp, responseData, payloadHash } = record;
    const set = {
      status: record.getStatus(),
      expiresAt: expiryTimestamp,
      data: responseData,
      validation: payloadHash,
    };
    const isMine = 'attribute_not_exists(#pk) OR #validation = :payload';
    const when = { expression: isMine, values: { payload: payloadHash } };
    const isStored = await this.#table.update({ pk: idempotencyKey }, { set, when });
    if (!isStored) throw new Error('another payload took the name over');
  }

  /** After work that failed: nothing is left, or, if it may have published, its payload alone. */
  protected async _deleteRecord({ idempotencyKey }: IdempotencyRecord): Promise<void> {
    const key = { pk: idempotencyKey };
    const when = { expression: '#status = :inprogress', values: { inprogress: 'INPROGRESS' } };
    if (this.#isHeld()) await this.#table.update(key, { set: { in_progress_expiration: 0 }, when });
    else await this.#table.delete(key, when);
  }
}
