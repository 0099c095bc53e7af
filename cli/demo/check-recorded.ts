import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { judge } from '#adapters/webhook-fence/core/signature/judge.ts';
import { keyDocumentOf } from '#adapters/webhook-fence/core/signature/key-document.ts';
import { isRefusal } from '#adapters/webhook-fence/core/signature/refusal.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import { bodyOf, type RecordedRequest, recordedRequestsOf } from './recorded-requests.ts';
import { tellProblem } from './tell-problem.ts';

export interface RecordedCheck {
  /** Recorded requests that the fence's scheme does not accept, or that cannot be read. */
  readonly differences: readonly string[];
  /** The fences of which nothing shows that their scheme is the provider's. */
  readonly notes: readonly string[];
}

/**
 * Verifies every recorded request with its own secret, as of the time it was received. They cannot be sent to the local cloud: its gateway
 * would say that they are received now, and their signatures have expired.
 */
export async function checkRecorded(fences: readonly WebhookFence[], root?: string): Promise<RecordedCheck> {
  const differences: string[] = [];
  const notes: string[] = [];
  const checkFence = async (fence: WebhookFence) => {
    const recorded = recordedRequestsOf(fence.id, root);
    if (recorded.length === 0) notes.push(missing(fence));
    for (const request of recorded) differences.push(...(await refusalOf(fence, request)));
  };
  for (const fence of fences) await tellProblem(checkFence(fence), problem => differences.push(problem));
  return { differences, notes };
}

const missing = ({ id, partner }: WebhookFence): string =>
  `${id} has no recorded request. Its samples are signed by the contract's own scheme, which proves nothing about ${partner.name}. See "Record a request" in docs/guides/receive-webhooks.md.`;

async function refusalOf(fence: WebhookFence, recorded: RecordedRequest): Promise<readonly string[]> {
  const scheme = schemeOf(fence);
  const { method, headers, documents, secret } = recorded;
  const request = {
    method,
    headers,
    url: recorded.url ?? `https://edge.example.com${fence.route}`,
    body: bodyOf(recorded),
  };
  const wanted = await keyDocumentOf(scheme, request);
  const text = wanted && !isRefusal(wanted) ? documents[wanted.url] : undefined;
  const judgement = await judge(scheme, request, {
    secrets: [secret].flat().map(value => ({ value })),
    receivedAt: Date.parse(recorded.receivedAt),
    document: text === undefined ? undefined : { value: text },
  });
  if (judgement.kind !== 'refused') return [];
  const { reason, detail } = judgement.refusal;
  return [`${fence.id}/recorded/${recorded.name}: expected to be verified, found ${reason} (${detail})`];
}
