import type { Context } from 'aws-lambda';
import { webhookFencePorts } from '#adapters/webhook-fence/aws/webhook-fence-ports.ts';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { decider } from '#adapters/webhook-fence/core/webhook/decide.ts';
import { releaseOrder } from '#adapters/webhook-fence/core/webhook/release-order.ts';
import {
  type ReprocessRequests,
  type RequestsReprocessed,
  reprocessOrder,
} from '#adapters/webhook-fence/core/webhook/reprocess-order.ts';
import { answerProof } from '#adapters/webhook-fence/flow/answer-proof.ts';
import { documentsOf } from '#adapters/webhook-fence/flow/documents-of.ts';
import { keysOf } from '#adapters/webhook-fence/flow/keys-of.ts';
import { releaseRejects } from '#adapters/webhook-fence/flow/release-rejects.ts';
import type { ReleaseReport } from '#adapters/webhook-fence/flow/release-report.ts';
import { reprocessRequests } from '#adapters/webhook-fence/flow/reprocess-requests.ts';
import type { WebhookFencePorts } from '#adapters/webhook-fence/ports.ts';
import { invocationOf } from '#shared/aws/invocation.ts';
import { isProofCall } from '#shared/aws/proof-call.ts';

export interface ReleaseHandler {
  (event: ReprocessRequests, context: Context): Promise<RequestsReprocessed>;
  (event: unknown, context: Context): Promise<ReleaseReport>;
}

/**
 * The Lambda handler by which operators release rejected requests after they fixed a secret, and have quarantined requests processed
 * again after they corrected a contract.
 * @example
 * aws lambda invoke --function-name … --cli-binary-format raw-in-base64-out --payload '{"from": "2026-11-20T08:00:00Z", "to": "2026-11-20T12:00:00Z",
 *   "operator": "ada", "reason": "secret rotated before the partner did", "dryRun": false}' report.json
 */
export function webhookRelease(
  fence: WebhookFence,
  ports: WebhookFencePorts = webhookFencePorts(process.env, fence),
): ReleaseHandler {
  const decide = decider(fence);
  const documents = documentsOf(fence, ports);
  const handle = async (event: unknown, context: Context) => {
    const work = { fence, ports, decide, documents, invocation: invocationOf(context) };
    // The auditor of the bus asks by its alias, and takes another answer.
    if (isProofCall(context)) return answerProof(work, event as object);
    if (isReprocessing(event)) return reprocessRequests(work, reprocessOrder.parse(event));
    // The keys were just fixed: each call reads them again.
    return releaseRejects({ ...work, keys: keysOf(fence, ports) }, releaseOrder.parse(event));
  };
  return handle as ReleaseHandler;
}

const isReprocessing = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'reprocess' in event;
