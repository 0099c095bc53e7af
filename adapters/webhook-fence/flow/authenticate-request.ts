import { usesSecret } from '../contract/uses-secret.ts';
import type { WebhookScheme } from '../contract/webhook-scheme.ts';
import { type Judgement, judge } from '../core/signature/judge.ts';
import { keyDocumentOf } from '../core/signature/key-document.ts';
import { isRefusal, type Refusal, type RefusalReason, refusal } from '../core/signature/refusal.ts';
import type { Secret } from '../core/signature/secret.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import type { FenceKeys } from '../core/webhook/fence-keys.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { isMaybeDamaged } from '../core/webhook/utf8-body.ts';
import type { RequestWork } from './work.ts';

/** Whether the partner sent a request, judged as of its receipt. Newer keys are read when none of the cached keys fits. */
export async function authenticateRequest(work: RequestWork, request: AdmittedRequest): Promise<Judgement> {
  const scheme = schemeOf(work.fence);
  const keys = await work.keys.current();
  const document = await readDocument(work, request, { scheme, secrets: keys.secrets });
  if (isRefusal(document)) return { kind: 'refused', refusal: document };
  const judgeBy = async ({ secrets }: FenceKeys) =>
    explained(
      await judge(scheme, request, { secrets, receivedAt: request.receivedAt, document }),
      request.body,
    );
  const first = await judgeBy(keys);
  if (first.kind !== 'refused' || !dependsOnKeys(first.refusal.reason)) {
    logPreviousSecret(work, request, isByPrevious(keys, first));
    return first;
  }
  const newer = await work.keys.newerThan(keys);
  const last = newer ? await judgeBy(newer) : first;
  if (newer) logPreviousSecret(work, request, isByPrevious(newer, last));
  const isUnwritten =
    last.kind === 'refused' &&
    dependsOnKeys(last.refusal.reason) &&
    usesSecret(scheme) &&
    work.keys.isGenerated;
  return isUnwritten ? unwritten : last;
}

/** Ours to fix, like a secret that cannot be used: not the sender's fault. */
const unwritten: Judgement = {
  kind: 'refused',
  refusal: refusal('NO_USABLE_SECRET', 'nobody has written the partner’s secret since the stack was created'),
};

/** The provider's keys or certificate, where the scheme names some outside the fence's secret. */
async function readDocument(
  { documents }: RequestWork,
  request: AdmittedRequest,
  { scheme, secrets }: { readonly scheme: WebhookScheme; readonly secrets: readonly Secret[] },
): Promise<Secret | Refusal | undefined> {
  const wanted = keyDocumentOf(scheme, request);
  return wanted === undefined || isRefusal(wanted) ? wanted : documents.read(wanted, secrets);
}

/** A signature over bytes that the gateway replaced never matches. */
const explained = (judgement: Judgement, body: Uint8Array): Judgement =>
  judgement.kind === 'refused' && judgement.refusal.reason === 'SIGNATURE_MISMATCH' && isMaybeDamaged(body)
    ? { ...judgement, refusal: { ...judgement.refusal, detail: `${judgement.refusal.detail}; ${damaged}` } }
    : judgement;

const damaged = 'the body holds U+FFFD, by which API Gateway replaces bytes of a text that are not UTF-8';

/** Refusals that could pass with another secret. */
const dependsOnKeys = (reason: RefusalReason): boolean =>
  reason === 'SIGNATURE_MISMATCH' || reason === 'NO_USABLE_SECRET';

const isByPrevious = ({ labels }: FenceKeys, end: Judgement): boolean =>
  end.kind === 'delivery' && labels[end.verified.secretIndex] === 'previous';

/** The rotation is not finished while the partner signs with the previous secret. */
function logPreviousSecret(
  { fence, ports }: RequestWork,
  request: AdmittedRequest,
  isPrevious: boolean,
): void {
  if (isPrevious) ports.log.info(logLines.previousSecretUsed, requestFields(fence, request));
}
