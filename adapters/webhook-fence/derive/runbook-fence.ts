import { limits } from '#shared/contract/limits.ts';
import { anyStage } from '#shared/contract/named-stage.ts';
import { disableCommand } from '#shared/derive/disable-command.ts';
import { code, table } from '#shared/derive/markdown.ts';
import type { RunbookParts } from '#shared/derive/runbook-parts.ts';
import { size } from '#shared/derive/words.ts';
import { listingSecretName } from '../contract/provider-listing.ts';
import { eventsOf, secretName, type WebhookFence } from '../contract/webhook-fence.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { deliveryRows, nameInWords, personalFields } from './fence-words.ts';
import { releaseSection, secretSteps } from './runbook-rejects.ts';
import { schemeInWords } from './scheme-words.ts';

/** The parts of a runbook that are specific to webhook fences. */
export const fenceRunbook = (fence: WebhookFence): RunbookParts => ({
  dataClass: dataClass(fence),
  reconciliation: reconciliation(fence),
  dashboard: 'deliveries by correlation id, in the fence’s log and in the claims table',
  secretRotation: `See [Secret rotation](#secret-rotation); the secret is ${code(secretName(anyStage, fence.id))}`,
  normalFlow: normalFlow(fence),
  deadLetters: `A spilled delivery waits for the event bus for up to ${limits.busWaitSecondsMax / 3_600} hours. It reaches the dead-letter queue after ${limits.receivesMax} attempts that failed for another reason, or when the bus is down for longer. It was answered as accepted, so the partner does not send it again. It is stored complete in the raw bucket. See [Dead letters](#dead-letters): fix the cause, then redrive to the spill queue. Event ids stay the same.`,
  recovery: recovery(fence),
  more: ['## Secret rotation', ...secretSteps(fence), '## Releasing rejects', ...releaseSection(fence)],
  disable: `${disableCommand(fence)} Requests are verified, archived and answered as accepted, and wait in the spill queue for ${limits.workQueueHours / 24} days. To refuse requests instead, set the reserved concurrency of the receiving function (output ${code('FunctionName')}) to 0: each is answered with a server error, nothing of it is remembered, and the partner sends it again while it retries. To roll back, deploy the previous version: it makes the same event ids from a delivery.`,
  statuses: table(['delivery', 'becomes'], deliveryRows(fence)),
});

const reconciliation = ({ id, listing, partner }: WebhookFence): string =>
  listing
    ? `Once an hour the reconciler asks ${partner.name} what it has, with the token of the secret ${code(listingSecretName(anyStage, id))}, and names each item of which no delivery was accepted: issue ${code('NOT_DELIVERED')}, and ${code('npm run edge -- reconcile --last')}. Ask ${partner.name} to send it again.`
    : 'None runs on its own.';

function dataClass(fence: WebhookFence): string {
  const personal = personalFields(fence);
  return personal.length === 0
    ? 'No personal data in the events. Deliveries are stored complete and may contain more. The raw and quarantine buckets are encrypted, and logs contain no values'
    : `Personal data in the events: ${personal.map(code).join(', ')}. Deliveries are stored complete in the raw and quarantine buckets, which are encrypted. Logs contain no values`;
}

const normalFlow = (fence: WebhookFence): string[] => [
  `${fence.partner.name} posts to ${code(fence.route)}. API Gateway throttles requests above ${fence.throttle.ratePerSecond} a second (${fence.throttle.burst} at once).`,
  `The function verifies the request: ${schemeInWords(schemeOf(fence))}.${fence.allowFrom ? ' Only agreed addresses may send.' : ''} A request that does not pass is answered 401 and kept with the rejects. Then the function checks content type and size (at most ${size(fence.bodyBytesMax)}) and unpacks gzip. A genuine request that the contract does not accept is answered 413 or 415 and kept, too.`,
  `The delivery gets its name: ${nameInWords(fence)}. A repeat gets the first answer; a quarantined delivery is processed again.${fence.tenantQuota ? ' The request counts against its tenant’s quota.' : ''}`,
  `Once for each name, the delivery is written to the raw bucket, checked, mapped and published as ${eventsOf(
    fence,
  )
    .map(event => code(event.type))
    .join(', ')}, or skipped by a rule, or quarantined.`,
  `The partner is answered ${fence.answers.accepted.status}${fence.answers.accepted.body === undefined ? ' with the correlation id' : ''}. If the bus does not accept the events, the delivery goes to the spill queue with the same answer, and the drain publishes it later.`,
  `One line “${logLines.requestSettled}” (or “${logLines.requestSpilled}”) says how the request ended.`,
];

const recovery = (fence: WebhookFence): string[] => [
  'A partner asks about a delivery: find its correlation id in the fence’s log. The lines of a request carry it, with the outcome. The partner can also ask at the status address, with the status key and the correlation id or its own id. The answer says why a delivery was not published.',
  'Genuine requests were refused because the secret or the contract was wrong: fix it, then [release them](#releasing-rejects). Nothing has to be sent again.',
  `A delivery was quarantined: its object is under ${code(`${fence.id}/<year>/<month>/<day>/`)} of the quarantine bucket, with code, place and remedy. The line “${logLines.deliveryQuarantined}” has its ${code('key')}. If the partner must fix it, the partner sends it again, corrected, under the same id or a new one. If we must fix it, it is processed again when the partner sends it again, or when an operator reprocesses it.`,
  `Deliveries were quarantined because the contract was wrong: correct and deploy the contract. Then make a plan: ${code(`npm run edge -- plan resubmit ${fence.id} --stage <stage>`)}. It counts those that become events now, and shows what the others lack. When it runs, each is processed again as it came. Its events have the ids that they would have had, and “${logLines.deliveryCorrected}” says how it ended. What is published is never published again. A DUPLICATE_CONFLICT stays: another payload has its name.`,
  'A consumer lost events: replay them from the bus archive. Event ids stay the same.',
];
