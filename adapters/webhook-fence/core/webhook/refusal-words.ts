import type { RefusalReason } from '../signature/refusal.ts';

/** What an operator reads about a refusal. */
export interface RefusalWords {
  readonly meaning: string;
  readonly remedy: string;
}

/** Why a request was refused before or beside its signature. */
export type AnswerCode =
  | 'ADDRESS_NOT_ALLOWED'
  | 'BODY_TOO_LARGE'
  | 'CONTENT_ENCODING'
  | 'CONTENT_TYPE'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_CONFIRMED'
  | 'NOT_FOUND'
  | 'NO_DELIVERY_ID'
  | 'NO_KEYS'
  | 'QUOTA_EXCEEDED'
  | 'UNAVAILABLE';

const secret =
  'If all requests fail since some moment, ask the partner for its secret, write it, and release the rejects. If others pass, these are forged.';
const scheme =
  'Compare a kept reject with the scheme of the contract. Correct the scheme, or tell the partner.';
const clock =
  'Ask the partner to check its clock, or to sign again when it retries. If the partner sent it, release it with `--stale yes`.';
const contract = 'Correct the contract or the partner, deploy, and release the rejects.';
const retried = 'The partner sends it again by itself. Look at the log of the fence if it goes on.';
const keys =
  'Write the secret of the fence, or check the address of the partner’s keys. Then release the rejects.';
const nothing = 'Nothing, if the partner did not send it.';

export const refusalWords: Readonly<Record<RefusalReason | AnswerCode, RefusalWords>> = {
  NO_SIGNATURE: { meaning: 'the request has no signature', remedy: nothing },
  MALFORMED_SIGNATURE: { meaning: 'the signature does not have the agreed form', remedy: scheme },
  TOO_MANY_SIGNATURES: { meaning: 'the request has more signatures than are tried', remedy: scheme },
  SIGNATURE_MISMATCH: {
    meaning: 'the signature does not match: a wrong secret, or a forgery',
    remedy: secret,
  },
  EMPTY_HEADER: { meaning: 'a signed header is empty', remedy: scheme },
  DOUBLED_HEADER: { meaning: 'a signed header came twice', remedy: scheme },
  HEADER_TOO_LONG: { meaning: 'a signed header is too long', remedy: scheme },
  MALFORMED_HEADER: { meaning: 'a signed header does not have the agreed form', remedy: scheme },
  NO_ID: { meaning: 'the signed id is missing', remedy: scheme },
  MALFORMED_ID: { meaning: 'the signed id does not have the agreed form', remedy: scheme },
  NO_TIMESTAMP: { meaning: 'the signed time is missing', remedy: scheme },
  MALFORMED_TIMESTAMP: { meaning: 'the signed time cannot be read', remedy: scheme },
  TIMESTAMP_TOO_OLD: { meaning: 'the request was signed too long ago', remedy: clock },
  TIMESTAMP_IN_FUTURE: { meaning: 'the request was signed in the future', remedy: clock },
  MALFORMED_BODY: { meaning: 'the signed body cannot be read', remedy: scheme },
  BODY_HASH_MISMATCH: { meaning: 'the body is not the one that was signed', remedy: secret },
  MALFORMED_HANDSHAKE: { meaning: 'the handshake does not follow the documentation', remedy: scheme },
  MALFORMED_QUERY: { meaning: 'the signed query cannot be read', remedy: scheme },
  NO_SIGNED_VALUE: { meaning: 'a value that is signed is missing', remedy: scheme },
  MALFORMED_SIGNED_VALUE: { meaning: 'a value that is signed does not have the agreed form', remedy: scheme },
  NOT_FOR_US: {
    meaning: 'the request is genuine, but of a topic, account or app that the contract does not expect',
    remedy: contract,
  },
  UNKNOWN_KEY: { meaning: 'the key or certificate is not one that the contract accepts', remedy: secret },
  KEYS_UNREACHABLE: { meaning: 'the partner’s keys could not be read', remedy: keys },
  NO_USABLE_SECRET: { meaning: 'the fence has no usable secret', remedy: keys },
  NO_KEYS: {
    meaning: 'the fence has no usable secret, or the partner’s keys could not be read',
    remedy: keys,
  },
  ADDRESS_NOT_ALLOWED: {
    meaning: 'the request came from an address that the contract does not allow',
    remedy: 'If the partner has new addresses, add them to `allowFrom`, deploy, and ask it to deliver again.',
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'the request has a method that the contract does not take',
    remedy: nothing,
  },
  NOT_FOUND: { meaning: 'there is nothing at the path of the request', remedy: nothing },
  BODY_TOO_LARGE: { meaning: 'the body is larger than allowed', remedy: contract },
  CONTENT_TYPE: { meaning: 'the contract does not take this content type', remedy: contract },
  CONTENT_ENCODING: { meaning: 'the body is compressed in a way that is not read', remedy: contract },
  NO_DELIVERY_ID: { meaning: 'the header that names the delivery is missing', remedy: contract },
  NOT_CONFIRMED: { meaning: 'the partner’s handshake could not be confirmed', remedy: retried },
  QUOTA_EXCEEDED: {
    meaning: 'a tenant sent more than its quota',
    remedy: 'Tell the partner, or raise `tenantQuota` in the contract.',
  },
  UNAVAILABLE: { meaning: 'the request was answered 503 because of an error of ours', remedy: retried },
};
