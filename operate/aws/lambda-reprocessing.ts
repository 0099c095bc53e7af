import type { LambdaClient } from '@aws-sdk/client-lambda';
import { reprocessAnswer } from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import { requestsReprocessed } from '#adapters/webhook-fence/core/webhook/reprocess-order.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import { releaseFunctionName, workFunctionName } from '#shared/core/identity/resource-names.ts';
import type { ProcessedEnd, Reprocessing } from '../plan-ports.ts';
import { invokeFunction } from './invoke-function.ts';

export const lambdaReprocessing = (client: LambdaClient, stage: NamedStage): Reprocessing => ({
  async requests(fence, keys, dryRun) {
    const name = releaseFunctionName(stage, fence);
    const answer = await invokeFunction(client, name, { reprocess: keys, dryRun });
    const { reprocessed } = requestsReprocessed.parse(answer);
    return inOrder(keys, reprocessed, ({ key }) => key);
  },

  async changes(feed, changes, dryRun) {
    const name = workFunctionName(stage, { id: feed, kind: 'cdc-feed' });
    const answer = await invokeFunction(client, name, { reprocess: changes, dryRun });
    const { reprocessed } = reprocessAnswer.parse(answer);
    const numbers = changes.map(change => (change as { readonly sequenceNumber?: unknown }).sequenceNumber);
    return inOrder(numbers, reprocessed, ({ sequenceNumber }) => sequenceNumber);
  },
});

/** @throws Error when the answer is about other units than those that were given. */
function inOrder<E extends ProcessedEnd>(
  given: readonly unknown[],
  ends: readonly E[],
  nameOf: (end: E) => unknown,
): readonly E[] {
  const isSame = ends.length === given.length && ends.every((end, i) => nameOf(end) === given[i]);
  if (!isSame) throw new Error('the answer is about other units than those that were asked for');
  return ends;
}
