import type { WebhookScheme } from '../contract/webhook-scheme.ts';
import { traitsOf } from '../contract/webhook-traits.ts';
import { isUnsignedHandshake } from '../core/signature/handshake.ts';
import { type Judgement, judge } from '../core/signature/judge.ts';
import { keyDocumentOf } from '../core/signature/key-document.ts';
import { isRefusal, type Refusal, type RefusalReason, refusal } from '../core/signature/refusal.ts';
import type { Secret } from '../core/signature/secret.ts';
import type { Verified } from '../core/signature/verification.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import {
  type FenceKeys,
  groupOf,
  groupsOf,
  type KeyGroup,
  type KeyLabel,
} from '../core/webhook/fence-keys.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { isMaybeDamaged } from '../core/webhook/utf8-body.ts';
import type { RequestWork } from './work.ts';

export type Authentication =
  | { readonly kind: 'delivery'; readonly verified: Verified; readonly proof: Proof }
  | Exclude<Judgement, { readonly kind: 'delivery' }>;

/** What the key that a request was verified with says. */
export interface Proof {
  /** Whose it is; undefined where tenants have no keys of their own. */
  readonly tenant: string | undefined;
  readonly label: KeyLabel | undefined;
}

/** Whether the partner sent a request, judged as of its receipt. Newer keys are read when none of the cached keys fits. */
export async function authenticateRequest(
  work: RequestWork,
  request: AdmittedRequest,
): Promise<Authentication> {
  const scheme = schemeOf(work.fence);
  const keys = await work.keys.current();
  const document = await readDocument(work, request, { scheme, secrets: keys.secrets });
  if (isRefusal(document)) return { kind: 'refused', refusal: document };
  const first = await check({ scheme, document }, request, keys);
  if (first.kind !== 'refused' || !dependsOnKeys(first.refusal.reason)) {
    logPreviousSecret(work, request, first);
    return first;
  }
  const newer = await work.keys.newerThan(keys);
  const last = newer ? await check({ scheme, document }, request, newer) : first;
  if (newer) logPreviousSecret(work, request, last);
  return isForUnwrittenSecret(work, last) ? unwritten : last;
}

/** A provider that publishes its keys proves itself without the fence's secret. */
const isForUnwrittenSecret = ({ fence, keys }: RequestWork, end: Authentication): boolean =>
  end.kind === 'refused' &&
  dependsOnKeys(end.refusal.reason) &&
  keys.isGenerated &&
  !traitsOf(fence.scheme).publishedKey;

/** Ours to fix, like a secret that cannot be used: not the sender's fault. */
const unwritten: Authentication = {
  kind: 'refused',
  refusal: refusal('NO_USABLE_SECRET', 'nobody has written the partner’s secret since the stack was created'),
};

interface Rules {
  readonly scheme: WebhookScheme;
  /** What the provider publishes; undefined where the fence's secrets are all that is needed. */
  readonly document: Secret | undefined;
}

/** One tenant's keys after the other's. The refusal that says most is told: a stale signature is not a wrong one. */
async function check(rules: Rules, request: AdmittedRequest, keys: FenceKeys): Promise<Authentication> {
  const ends: Authentication[] = [];
  for (const group of groupsFor(rules, request, keys)) {
    const end = await checkGroup(rules, request, group);
    if (end.kind !== 'refused') return end;
    ends.push(end);
  }
  const telling = ends.find(end => end.kind === 'refused' && !dependsOnKeys(end.refusal.reason));
  return telling ?? ends[0] ?? noKeys;
}

/** A check of the address is answered with the keys of the tenant in the path, even if it has none yet. */
const groupsFor = ({ scheme }: Rules, request: AdmittedRequest, keys: FenceKeys): readonly KeyGroup[] =>
  request.pathTenant !== undefined && isUnsignedHandshake(scheme, request)
    ? [groupOf(keys, request.pathTenant)]
    : groupsOf(keys);

const noKeys: Authentication = {
  kind: 'refused',
  refusal: refusal('NO_USABLE_SECRET', 'the secret holds no key'),
};

async function checkGroup(
  { scheme, document }: Rules,
  request: AdmittedRequest,
  { secrets, labels, tenant }: KeyGroup,
): Promise<Authentication> {
  const judgement = await judge(scheme, request, { secrets, receivedAt: request.receivedAt, document });
  if (judgement.kind !== 'delivery') return explained(judgement, request.body);
  const { verified } = judgement;
  return { kind: 'delivery', verified, proof: { tenant, label: labels[verified.secretIndex] } };
}

/** The provider's keys or certificate, where the scheme names some outside the fence's secret. */
async function readDocument(
  { documents }: RequestWork,
  request: AdmittedRequest,
  { scheme, secrets }: { readonly scheme: WebhookScheme; readonly secrets: readonly Secret[] },
): Promise<Secret | Refusal | undefined> {
  const wanted = await keyDocumentOf(scheme, request);
  return wanted === undefined || isRefusal(wanted) ? wanted : documents.read(wanted, secrets);
}

type NoDelivery = Exclude<Judgement, { readonly kind: 'delivery' }>;

/** A signature over bytes that the gateway replaced never matches. */
const explained = (end: NoDelivery, body: Uint8Array): NoDelivery =>
  end.kind === 'refused' && end.refusal.reason === 'SIGNATURE_MISMATCH' && isMaybeDamaged(body)
    ? { ...end, refusal: { ...end.refusal, detail: `${end.refusal.detail}; ${damaged}` } }
    : end;

const damaged = 'the body holds U+FFFD, by which API Gateway replaces bytes of a text that are not UTF-8';

/** Refusals that could pass with another secret. */
const dependsOnKeys = (reason: RefusalReason): boolean =>
  reason === 'SIGNATURE_MISMATCH' || reason === 'NO_USABLE_SECRET';

/** The rotation is not finished while the partner signs with the previous secret. */
function logPreviousSecret(
  { fence, ports }: RequestWork,
  request: AdmittedRequest,
  end: Authentication,
): void {
  if (end.kind === 'delivery' && end.proof.label === 'previous')
    ports.log.info(logLines.previousSecretUsed, {
      ...requestFields(fence, request),
      ...(end.proof.tenant !== undefined && { tenant: end.proof.tenant }),
    });
}
