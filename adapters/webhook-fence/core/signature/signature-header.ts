import { limits } from '#shared/contract/limits.ts';
import { headerNames } from '../../contract/webhook-place.ts';
import type { SignatureRule, Signer } from '../../contract/webhook-scheme.ts';
import { valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/** A signature as presented, and the signer it claims. */
export interface Claim {
  readonly signer: Signer;
  readonly text: string;
}

export interface SignatureParts {
  readonly claims: readonly Claim[];
  /** Elements that no signer owns, such as `t`; doubled ones are kept twice. */
  readonly others: readonly (readonly [name: string, value: string])[];
}

/** The signatures of a request, of every header that may carry one. A malformed one does not hide one beside it that is well formed. */
export function signaturesOf(
  request: WebhookRequest,
  rule: SignatureRule,
  signers: readonly Signer[],
): SignatureParts | Refusal {
  const places =
    'header' in rule ? headerNames(rule.header).map(header => ({ header })) : [{ field: rule.field }];
  const values = places.map(place => valueAt(place, request)).filter(value => value !== undefined);
  if (values.length === 0) return refusal('NO_SIGNATURE', `${placesInWords(rule)} is missing`);
  const parsed = values.map(value => (isRefusal(value) ? value : parseSignatures(value, rule, signers)));
  const read = parsed.flatMap(parts => (isRefusal(parts) ? [] : [parts]));
  const [refused] = parsed.filter(isRefusal);
  if (refused && read.length === 0) return refused;
  const claims = read.flatMap(parts => parts.claims);
  return claims.length > limits.webhookSignaturesMax
    ? tooMany
    : { claims, others: read.flatMap(parts => parts.others) };
}

const placesInWords = (rule: SignatureRule): string =>
  'header' in rule ? headerNames(rule.header).join(' or ') : `the field ${rule.field}`;

/** Takes a signature apart, strictly: no blanks around elements, none without a name or value. */
function parseSignatures(
  value: string,
  rule: SignatureRule,
  signers: readonly Signer[],
): SignatureParts | Refusal {
  const parts = rule.elements
    ? parseElements(value, rule.elements, signers)
    : parseSingle(value, rule.prefix ?? '', signers);
  return isRefusal(parts) ? parts : checkClaims(parts);
}

function parseSingle(value: string, prefix: string, signers: readonly Signer[]): SignatureParts | Refusal {
  if (!value.startsWith(prefix)) return refusal('MALFORMED_SIGNATURE', 'the agreed prefix is missing');
  const text = value.slice(prefix.length);
  return { claims: signers.map(signer => ({ signer, text })), others: [] };
}

function parseElements(
  value: string,
  { separator, assignment }: NonNullable<SignatureRule['elements']>,
  signers: readonly Signer[],
): SignatureParts | Refusal {
  const claims: Claim[] = [];
  const others: [string, string][] = [];
  for (const element of value.split(separator)) {
    const at = element.indexOf(assignment);
    if (at < 1 || at === element.length - assignment.length)
      return refusal('MALFORMED_SIGNATURE', 'an element of the signature header has no name or no value');
    const [name, text] = [element.slice(0, at), element.slice(at + assignment.length)];
    const signer = signers.find(one => one.element === name);
    if (signer) claims.push({ signer, text });
    else others.push([name, text]);
  }
  return { claims, others };
}

function checkClaims(parts: SignatureParts): SignatureParts | Refusal {
  const { claims } = parts;
  if (claims.length === 0) return refusal('NO_SIGNATURE', 'the header holds no signature of a known version');
  if (claims.length > limits.webhookSignaturesMax) return tooMany;
  const wellFormed = claims.filter(({ signer, text }) => written[signer.encoding].test(text));
  if (wellFormed.length === 0)
    return refusal('MALFORMED_SIGNATURE', 'no signature is written in the agreed encoding');
  return { ...parts, claims: wellFormed };
}

const tooMany = refusal('TOO_MANY_SIGNATURES', `more than ${limits.webhookSignaturesMax} signatures`);

const written = {
  hex: /^(?:[0-9a-f]{2})+$/,
  'hex-upper': /^(?:[0-9A-F]{2})+$/,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  base64url: /^[A-Za-z0-9_-]+$/,
};
