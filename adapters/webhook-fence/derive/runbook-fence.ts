import { limits } from '#shared/contract/limits.ts';
import { code, table } from '#shared/derive/markdown.ts';
import type { RunbookParts } from '#shared/derive/runbook-parts.ts';
import { size } from '#shared/derive/words.ts';
import { eventsOf, secretName, type WebhookFence } from '../contract/webhook-fence.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { deliveryRows, nameInWords, personalFields } from './fence-words.ts';
import { releaseSection, secretSteps } from './runbook-rejects.ts';
import { schemeInWords } from './scheme-words.ts';

/** What the runbook of a webhook fence says of its kind. */
export const fenceRunbook = (fence: WebhookFence): RunbookParts => ({
  dataClass: dataClass(fence),
  reconciliation: 'None runs on its own.',
  dashboard: 'deliveries by correlation id in the fence’s log and in the claims table',
  secretRotation: `See [Secret rotation](#secret-rotation); the secret is ${code(secretName('<stage>', fence.id))}`,
  normalFlow: normalFlow(fence),
  deadLetters: `A spilled delivery reaches the dead-letter queue after ${limits.receivesMax} attempts to publish it. It was answered 202, so the partner does not send it again, and it lies whole in the raw bucket: see [Dead letters](#dead-letters), mend the cause, redrive to the spill queue. Event ids stay the same.`,
  recovery: recovery(fence),
  more: ['## Secret rotation', ...secretSteps(fence), '## Releasing rejects', ...releaseSection(fence)],
  disable: `Set the reserved concurrency of the fence’s receiving function (output ${code('FunctionName')}) to 0: every request is then answered with an error of the server, nothing of it is remembered, and the partner sends it again for as long as it retries. To stop only what was spilled, disable the event source mapping of the spill queue, which keeps its messages for 4 days. To roll back, deploy the version before: what it makes of a delivery has the same event ids.`,
  statuses: table(['delivery', 'becomes'], deliveryRows(fence)),
});

function dataClass(fence: WebhookFence): string {
  const personal = personalFields(fence);
  return personal.length === 0
    ? 'No personal data in the events. Deliveries are kept whole, whatever else they hold: the raw and quarantine buckets are encrypted, and logs hold no values'
    : `Personal data in the events: ${personal.map(code).join(', ')}. Deliveries are kept whole in the raw and quarantine buckets, which are encrypted; logs hold no values`;
}

const normalFlow = (fence: WebhookFence): string[] => [
  `${fence.partner.name} posts to ${code(fence.route)}. API Gateway throttles at ${fence.throttle.ratePerSecond} requests a second (${fence.throttle.burst} at once).`,
  `Size (at most ${size(fence.bodyBytesMax)})${fence.allowFrom ? ', address' : ''} and content type are checked; then the request is proved by ${schemeInWords(schemeOf(fence))}. What is not proved is answered 401 and kept in the reject vault.`,
  `The delivery is named: ${nameInWords(fence)}. A repeat gets the first answer; what was quarantined is tried again.${fence.tenantQuota ? ' Its tenant’s quota is counted.' : ''}`,
  `Once for each name: the delivery is written to the raw bucket, checked, mapped and published as ${eventsOf(
    fence,
  )
    .map(event => code(event.type))
    .join(', ')}; or skipped by a rule, or quarantined.`,
  'The partner is answered 202 with the correlation id. A bus that does not take the events sends the delivery to the spill queue, still with 202; the drain publishes it later.',
  'One line “request settled” (or “request spilled”) says how the request ended.',
];

const recovery = (fence: WebhookFence): string[] => [
  'A partner asks after a delivery: find its correlation id in the fence’s log; the lines of a request carry it with the outcome. The partner can ask for itself at the status address, with the status key.',
  'Genuine requests were refused because the secret was wrong: mend it, then [release them](#releasing-rejects). Nothing has to be sent again.',
  `A delivery was quarantined: its object under ${code(`${fence.id}/<year>/<month>/<day>/`)} of the quarantine bucket holds it with code, place and remedy; the line “delivery quarantined” names it as ${code('key')}. What is the partner’s to mend it sends again, corrected, under the same id or a new one. What was ours to mend is tried again when the partner sends it again, or when an operator has it taken anew.`,
  `A delivery was quarantined because the contract was wrong: correct and deploy it, then send the spill queue ${code(`{"kind": "edge.spilled", "correlationId": "<id>", "key": "${fence.id}/<year>/<month>/<day>/<id>.<hash>.json"}`)}, with the id and the key of the line “delivery quarantined”: the delivery lies under the same key in the raw bucket. The drain takes it anew and says “delivery corrected”; its status follows. Repeat it as often as it takes: “drain repeated” says that it ended as before (what is published is never published anew), “drain conflict” that another payload, such as the partner’s correction, has its name by now. Not for a DUPLICATE_CONFLICT, of which only the quarantine has the bytes.`,
  'A consumer lost events: replay them from the bus archive; ids stay the same.',
];
