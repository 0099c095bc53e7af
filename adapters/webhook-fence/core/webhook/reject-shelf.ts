import { hash } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import type { Refusal, RefusalReason } from '../signature/refusal.ts';

/**
 * Why a request was refused, as far as it says whether the request may be genuine. `genuine`: the signature or token is right.
 * `mismatch`: another secret could make it right. `malformed`: no secret can, but a corrected contract may.
 */
export type RejectCause = 'genuine' | 'mismatch' | 'malformed';

/** Their signature is checked before their time. */
const stale: readonly RefusalReason[] = ['TIMESTAMP_TOO_OLD', 'TIMESTAMP_IN_FUTURE'];

export const isStale = (reason: RefusalReason): boolean => stale.includes(reason);

/** Other keys could make the request right. */
const ofKeys: readonly RefusalReason[] = [
  'SIGNATURE_MISMATCH',
  'NO_USABLE_SECRET',
  'UNKNOWN_KEY',
  'KEYS_UNREACHABLE',
];

export function causeOf({ reason, isSigned }: Pick<Refusal, 'reason' | 'isSigned'>): RejectCause {
  if (isSigned || isStale(reason) || reason === 'NOT_FOR_US') return 'genuine';
  return ofKeys.includes(reason) ? 'mismatch' : 'malformed';
}

/** A place for rejects of one hour, with its bounds. */
export interface RejectShelf {
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly countMax: number;
  readonly bytesMax: number;
}

/**
 * Where a reject is kept: the first of the shelves that is not full. All senders share the first one of a cause. The second one is only
 * for a group of addresses, so that a flood from some addresses, or of another cause, leaves room for the others.
 */
export const shelvesFor = (
  { rejects: { anHour } }: Pick<WebhookFence, 'rejects'>,
  cause: RejectCause,
  sourceIp: string,
): readonly RejectShelf[] => [
  { name: cause, countMax: anHour, bytesMax: limits.rejectBytesAnHourMax },
  {
    name: `${cause}_${groupOf(sourceIp)}`,
    countMax: Math.ceil(anHour * limits.rejectsOfSourceShare),
    bytesMax: limits.rejectBytesOfSourceMax,
  },
];

const groupOf = (sourceIp: string): number =>
  Number.parseInt(hash('sha256', sourceIp, 'hex').slice(0, 8), 16) % limits.rejectSourceGroups;
