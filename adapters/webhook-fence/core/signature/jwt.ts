import { hash } from 'node:crypto';
import { type CompactVerifyResult, compactVerify, errors, flattenedVerify } from 'jose';
import type { JwtScheme } from '../../contract/webhook-scheme.ts';
import { deliveryId } from './delivery-id.ts';
import { issuedAtOf } from './jwt-claims.ts';
import { type JwtKey, jwtKeysOf } from './jwt-keys.ts';
import { presentedJwt } from './jwt-token.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import type { Verification } from './verification.ts';
import type { Criteria } from './verify.ts';

/** A request that carries a JSON Web Token. Asynchronous because the library is; it reads nothing but what it is given. */
export async function verifyJwt(
  scheme: JwtScheme,
  request: WebhookRequest,
  criteria: Criteria,
): Promise<Verification> {
  const token = presentedJwt(scheme, request);
  if (isRefusal(token)) return token;
  const id = deliveryId(request, scheme.id?.header, '');
  if (isRefusal(id)) return id;
  const keys = await jwtKeysOf(scheme, token, criteria);
  if (isRefusal(keys)) return keys;
  const proof = await proofOf(scheme, { token, body: request.body, keys });
  if (isRefusal(proof)) return proof;
  const issuedAt = judgeClaims(scheme, {
    payload: proof.payload,
    body: request.body,
    receivedAt: criteria.receivedAt,
  });
  if (isRefusal(issuedAt)) return issuedAt;
  return {
    verified: true,
    secretIndex: proof.secretIndex,
    deliveryId: id,
    timestamp: issuedAt,
    contentHash: hash('sha256', request.body),
  };
}

interface Presented {
  readonly token: string;
  readonly body: Uint8Array;
  readonly keys: readonly JwtKey[];
}

interface Proof {
  readonly payload: Uint8Array;
  readonly secretIndex: number;
}

/** Every key is tried, whichever is right. */
async function proofOf(scheme: JwtScheme, presented: Presented): Promise<Proof | Refusal> {
  const results = await Promise.all(presented.keys.map(key => checkedWith(scheme, presented, key)));
  const [first = refusal('NO_USABLE_SECRET', 'no secret given is a key of the agreed form')] = results;
  return results.find(result => !isRefusal(result)) ?? first;
}

async function checkedWith(
  { algorithms, token: { detached } }: JwtScheme,
  { token, body }: Presented,
  { key, secretIndex }: JwtKey,
): Promise<Proof | Refusal> {
  try {
    const { payload } = detached
      ? await verifyDetached(token, body, { key, algorithms })
      : await compactVerify(token, key, { algorithms: [...algorithms] });
    return { payload, secretIndex };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return refusal('SIGNATURE_MISMATCH', 'the token is not signed with a valid key');
    if (error instanceof errors.JOSEAlgNotAllowed)
      return refusal('SIGNATURE_MISMATCH', 'the token names an algorithm that was not agreed');
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      return refusal('MALFORMED_SIGNATURE', 'the token is no JSON Web Token of the agreed form');
    throw error;
  }
}

async function verifyDetached(
  token: string,
  body: Uint8Array,
  { key, algorithms }: { readonly key: JwtKey['key']; readonly algorithms: readonly string[] },
): Promise<Pick<CompactVerifyResult, 'payload'>> {
  const [head = '', payload = '', signature = ''] = token.split('.');
  if (payload !== '') throw new errors.JWSInvalid('the payload is not detached');
  const encoded = Buffer.from(body).toString('base64url');
  await flattenedVerify({ protected: head, payload: encoded, signature }, key, {
    algorithms: [...algorithms],
  });
  return { payload: body };
}

interface Claimed {
  readonly payload: Uint8Array;
  readonly body: Uint8Array;
  readonly receivedAt: number;
}

/** When the token was issued (epoch milliseconds), if it says so. The payload of a detached one is the delivery itself. */
const judgeClaims = (scheme: JwtScheme, claimed: Claimed): number | undefined | Refusal =>
  scheme.token.detached ? undefined : issuedAtOf(scheme, claimed);
