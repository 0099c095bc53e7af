import {
  IdempotencyConfig,
  type IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { deniedOr, nameOf } from '#shared/aws/aws-errors.ts';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { integrationOf } from '#shared/core/identity/event-id.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { AgainEnd, ComparedOnce, Once, OnceClaim, OnceEnd, OnceFound, OnceWork } from '../ports.ts';
import { ClaimStore, type ClaimStoreProps } from './claim-store.ts';
import { compareRemembered, findRemembered, onceHash, onceKey } from './find-remembered.ts';
import { WorkAgainLease } from './work-again-lease.ts';

export interface PowertoolsOnceProps extends ClaimStoreProps {
  /** How long results are remembered. */
  readonly horizonSeconds: number;
}

type NamedPayload = Pick<OnceClaim, 'name' | 'payloadHash'>;

/**
 * `Once` on Powertools idempotency, in the claims table. Keys begin with `<integration>#`, as all claims do. An item in progress
 * counts as alive until its invocation is over.
 */
export class PowertoolsOnce implements Once {
  readonly #store: ClaimStore;
  readonly #table: DynamoTable;
  readonly #config: IdempotencyConfig;
  readonly #horizonSeconds: number;

  constructor({ horizonSeconds, ...store }: PowertoolsOnceProps) {
    this.#store = new ClaimStore(store);
    this.#table = store.table;
    this.#horizonSeconds = horizonSeconds;
    this.#config = new IdempotencyConfig({
      eventKeyJmesPath: 'name',
      payloadValidationJmesPath: 'payloadHash',
      throwOnNoIdempotencyKey: true,
      expiresAfterSeconds: horizonSeconds,
      hashFunction: 'sha256',
    });
  }

  async run(claim: OnceClaim, work: OnceWork): Promise<OnceEnd> {
    const { name, payloadHash, remainingMilliseconds } = claim;
    // Without time left Powertools would write a claim that stays for the whole horizon after a crash.
    const getRemainingTimeInMillis = () => Math.max(1, remainingMilliseconds());
    this.#config.registerLambdaContext({ getRemainingTimeInMillis } as never);
    const key = onceKey(name);
    let isFirst = false;
    const once = makeIdempotent(
      (_: NamedPayload) => {
        isFirst = true;
        return work(() => this.#store.hold(key));
      },
      { persistenceStore: this.#store, config: this.#config, keyPrefix: integrationOf(name) },
    );
    try {
      const value = await once({ name, payloadHash });
      return { kind: isFirst ? 'first' : 'repeat', value };
    } catch (error) {
      return endOf(error);
    } finally {
      if (isFirst) this.#store.forget(key);
    }
  }

  async again(claim: OnceClaim, known: Remembered, work: OnceWork): Promise<AgainEnd> {
    const payload = onceHash(claim.payloadHash);
    const lease = new WorkAgainLease(this.#table, { pk: onceKey(claim.name) }, payload);
    const begun = await lease.begin(known, Date.now(), claim.remainingMilliseconds());
    if (begun !== 'mine') return { kind: begun };
    let isHeld = lease.isInherited;
    const hold = () => {
      isHeld = true;
    };
    try {
      const value = await work(hold);
      const expiresAt = Math.round(Date.now() / 1000 + this.#horizonSeconds);
      const isStored = await lease.complete({ data: value, validation: payload, expiresAt });
      return isStored ? { kind: 'first', value } : { kind: 'busy' };
    } catch (error) {
      await (isHeld ? lease.end() : lease.release());
      throw error;
    }
  }

  find(name: string): Promise<OnceFound> {
    return findRemembered(this.#table, name);
  }

  compare({ name, payloadHash }: NamedPayload): Promise<ComparedOnce> {
    return compareRemembered(this.#table, name, payloadHash);
  }
}

/** Powertools reports these by exceptions. What the work or the table threw is thrown again. */
function endOf(error: unknown): OnceEnd {
  if (nameOf(error) === 'IdempotencyValidationError')
    return conflictWith((error as IdempotencyValidationError).existingRecord);
  if (nameOf(error) === 'IdempotencyAlreadyInProgressError') return { kind: 'busy' };
  if (nameOf(error) === 'IdempotencyPersistenceLayerError')
    throw deniedOr('the claims table', (error as Error).cause);
  throw error;
}

/** By the very item whose payload hash differed. */
function conflictWith(record: IdempotencyValidationError['existingRecord']): OnceEnd {
  if (record?.getStatus() === 'COMPLETED')
    return { kind: 'conflict', value: record.responseData as unknown as Remembered };
  const isAtWork = Number(record?.inProgressExpiryTimestamp) >= Date.now();
  return isAtWork ? { kind: 'conflict', value: undefined } : { kind: 'held' };
}
