/** Why a request is not valid. Only for logs and kept rejects: an answer never contains it, and it contains no value of the request. */
export type RefusalReason =
  | 'NO_SIGNATURE'
  | 'MALFORMED_SIGNATURE'
  | 'TOO_MANY_SIGNATURES'
  | 'SIGNATURE_MISMATCH'
  | 'EMPTY_HEADER'
  | 'DOUBLED_HEADER'
  | 'HEADER_TOO_LONG'
  | 'MALFORMED_HEADER'
  | 'NO_ID'
  | 'MALFORMED_ID'
  | 'NO_TIMESTAMP'
  | 'MALFORMED_TIMESTAMP'
  | 'TIMESTAMP_TOO_OLD'
  | 'TIMESTAMP_IN_FUTURE'
  | 'MALFORMED_BODY'
  | 'BODY_HASH_MISMATCH'
  | 'MALFORMED_HANDSHAKE'
  | 'MALFORMED_QUERY'
  | 'NO_SIGNED_VALUE'
  | 'MALFORMED_SIGNED_VALUE'
  /** Genuine, but of a topic, account or app that the contract does not expect. */
  | 'NOT_FOR_US'
  /** The key, certificate or address that the request names is not one that the contract pins, or does not exist. */
  | 'UNKNOWN_KEY'
  /** The provider’s keys could not be read now: not the sender’s fault. */
  | 'KEYS_UNREACHABLE'
  /** Ours to fix: none of the given secrets is a key for this scheme. */
  | 'NO_USABLE_SECRET';

export interface Refusal {
  readonly verified: false;
  readonly reason: RefusalReason;
  readonly detail: string;
  /** Epoch milliseconds, by the sender's clock, where only this time is wrong: everything else was verified. */
  readonly signedAt?: number | undefined;
  /** The signature is right: what is wrong was read from the signed body. */
  readonly isSigned?: true;
}

export const refusal = (reason: RefusalReason, detail: string): Refusal => ({
  verified: false,
  reason,
  detail,
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'verified' in value && value.verified === false;
