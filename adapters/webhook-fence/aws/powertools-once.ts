import { hash } from 'node:crypto';
import {
  IdempotencyConfig,
  type IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { deniedOr, nameOf } from '#shared/aws/aws-errors.ts';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { integrationOf } from '#shared/core/identity/event-id.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { AgainEnd, Once, OnceClaim, OnceEnd, OnceFound } from '../ports.ts';
import { isLeased, WorkAgainLease } from './work-again-lease.ts';

/** Epoch milliseconds: until when work in progress counts as alive. The attribute is Powertools' own. */
const inProgressUntil = 'in_progress_expiration';

export interface PowertoolsOnceProps {
  readonly client: DynamoDBClient;
  /** The same table as `tableName`, for what Powertools does not do. */
  readonly table: DynamoTable;
  readonly tableName: string;
  /** How long results are remembered. */
  readonly horizonSeconds: number;
}

type NamedPayload = Pick<OnceClaim, 'name' | 'payloadHash'>;

/**
 * `Once` on Powertools idempotency, in the claims table. Keys begin with `<integration>#`, as all claims do. An item in progress
 * counts as alive until its invocation is over.
 */
export class PowertoolsOnce implements Once {
  readonly #store: DynamoDBPersistenceLayer;
  readonly #table: DynamoTable;
  readonly #config: IdempotencyConfig;
  readonly #horizonSeconds: number;

  constructor({ client, table, tableName, horizonSeconds }: PowertoolsOnceProps) {
    this.#table = table;
    this.#horizonSeconds = horizonSeconds;
    this.#store = new DynamoDBPersistenceLayer({
      tableName,
      keyAttr: 'pk',
      expiryAttr: 'expiresAt',
      inProgressExpiryAttr: inProgressUntil,
      awsSdkV3Client: client,
    });
    this.#config = new IdempotencyConfig({
      eventKeyJmesPath: 'name',
      payloadValidationJmesPath: 'payloadHash',
      throwOnNoIdempotencyKey: true,
      expiresAfterSeconds: horizonSeconds,
      hashFunction: 'sha256',
    });
  }

  async run(claim: OnceClaim, work: () => Promise<Remembered>): Promise<OnceEnd> {
    const { name, payloadHash, remainingMilliseconds } = claim;
    // Without time left Powertools would write a claim that stays for the whole horizon after a crash.
    const getRemainingTimeInMillis = () => Math.max(1, remainingMilliseconds());
    this.#config.registerLambdaContext({ getRemainingTimeInMillis } as never);
    let isFirst = false;
    const once = makeIdempotent(
      (_: NamedPayload) => {
        isFirst = true;
        return work();
      },
      { persistenceStore: this.#store, config: this.#config, keyPrefix: integrationOf(name) },
    );
    try {
      const value = await once({ name, payloadHash });
      return { kind: isFirst ? 'first' : 'repeat', value };
    } catch (error) {
      return endOf(error);
    }
  }

  async again(claim: OnceClaim, known: Remembered, work: () => Promise<Remembered>): Promise<AgainEnd> {
    const lease = new WorkAgainLease(this.#table, { pk: keyOf(claim.name) });
    if (!(await lease.begin(known, Date.now(), claim.remainingMilliseconds()))) return { kind: 'busy' };
    try {
      const value = await work();
      const expiresAt = Math.round(Date.now() / 1000 + this.#horizonSeconds);
      const isStored = await lease.complete({
        data: value,
        validation: hashOf(claim.payloadHash),
        expiresAt,
      });
      return isStored ? { kind: 'first', value } : { kind: 'busy' };
    } catch (error) {
      await lease.release();
      throw error;
    }
  }

  async find(name: string): Promise<OnceFound> {
    const item = await this.#table.get({ pk: keyOf(name) });
    const now = Date.now();
    if (item === undefined || Number(item.expiresAt) * 1000 < now)
      return { value: undefined, isAtWork: false };
    if (item.status === 'COMPLETED') return { value: item.data as Remembered, isAtWork: isLeased(item, now) };
    return { value: undefined, isAtWork: Number(item[inProgressUntil]) >= now };
  }
}

/** How Powertools names the item of a key. */
const keyOf = (name: string): string => `${integrationOf(name)}#${hashOf(name)}`;

/** How Powertools hashes names and payloads. */
const hashOf = (text: string): string => hash('sha256', JSON.stringify(text), 'base64');

/** Powertools reports these by exceptions. What the work or the table threw is thrown again. */
function endOf(error: unknown): OnceEnd {
  if (nameOf(error) === 'IdempotencyValidationError')
    return { kind: 'conflict', value: finishedValue((error as IdempotencyValidationError).existingRecord) };
  if (nameOf(error) === 'IdempotencyAlreadyInProgressError') return { kind: 'busy' };
  if (nameOf(error) === 'IdempotencyPersistenceLayerError')
    throw deniedOr('the claims table', (error as Error).cause);
  throw error;
}

/** The result in the very item whose payload hash differed. */
const finishedValue = (record: IdempotencyValidationError['existingRecord']): Remembered | undefined =>
  record?.getStatus() === 'COMPLETED' ? (record.responseData as unknown as Remembered) : undefined;
