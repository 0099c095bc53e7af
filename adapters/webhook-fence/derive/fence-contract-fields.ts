import { limits } from '#shared/contract/limits.ts';
import { archiveInWords, type KindFields } from '#shared/derive/contract-field-names.ts';
import { code } from '#shared/derive/markdown.ts';
import { sentence, size } from '#shared/derive/words.ts';
import { eventsOf, type WebhookFence } from '../contract/webhook-fence.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { fenceAlarmsOf } from './alarms-fence.ts';
import { canConflict } from './fence-faults.ts';
import { contentTypesInWords, nameInWords, sameInWords, tenantOfEvents, whenInWords } from './fence-words.ts';
import { schemeInWords } from './scheme-words.ts';

/** What a webhook fence agrees, beyond what every kind of contract says. */
export const fenceFields = (fence: WebhookFence): KindFields => ({
  Protocol: `HTTPS, ${fence.methods.map(method => code(`${method} ${fence.route}`)).join(' and ')}; ${contentTypesInWords(fence)}, at most ${size(fence.bodyBytesMax)}`,
  Trigger: `A request verified by ${schemeInWords(schemeOf(fence))}`,
  'Input schema': `Version ${fence.schemaVersion}: ${fence.accepts.map(({ when }) => whenInWords(when)).join('; ')}. The partner guide has the fields of each`,
  'Idempotency key': `${sentence(nameInWords(fence))} ${canConflict(fence) ? `A repeat must have the same content as the first: ${sameInWords(fence)}. Otherwise it is a conflict, answered ${fence.answers.conflict.status} and quarantined` : 'A repeat has the same content'}`,
  'Correlation id':
    'A hash of the delivery’s name, on every event, log line and answer of the delivery. Repeats have the same one',
  'Tenant propagation': tenantOfEvents(fence),
  Timeout: `An answer within the 30 s that API Gateway waits; ${limits.webhookCallMillisecondsMax / 1000} s a call. If a publish call gets no answer, the delivery is spilled and the same event ids are sent again`,
  'Retry policy': `${limits.webhookPublishAttemptsMax} attempts to publish while the partner waits. Then the delivery is answered ${fence.answers.accepted.status} and waits in the spill queue, which tries it ${limits.receivesMax} times with growing delay before it moves it to the dead letters. The partner sends again what was answered 503`,
  'State impact': `Every request ends as published, duplicate, quarantined, rejected or skipped. A spilled one gets its outcome from the drain. A verified delivery that cannot be used is quarantined and answered ${fence.answers.quarantined.status}`,
  'Audit evidence': `Each verified delivery, unchanged, in the raw bucket, and each quarantined one with its fault, for ${fence.retentionDays} days; refused requests with their signatures for ${fence.rejects.keptDays} days; an audit record of each release`,
  'Replay behavior': `A repeated delivery gets the first answer and publishes nothing. A quarantined one is processed again. Draining and redriving publish the same event ids. ${archiveInWords(eventsOf(fence))}`,
  'Reconciliation path': `An alarm compares the requests that API Gateway handed to the function with the outcomes in its log. The status address tells the status of a delivery, and why it is not published, by its correlation id or the sender’s id${listingInWords(fence)}`,
  'Security control': `${sentence(`verified by ${schemeInWords(schemeOf(fence))}`)} The secret is in Secrets Manager, ${fence.secrets.rotationDays === undefined ? 'and changes when the partner changes it' : `at most ${fence.secrets.rotationDays} days old`}; two secrets are valid during a change. ${fence.allowFrom ? `Requests only from ${fence.allowFrom.map(code).join(', ')}. ` : ''}The functions can only use this fence’s objects, claims, queues and secret, and only publish this fence’s events`,
  'Operational dashboard': `Alarms ${fenceAlarmsOf(fence)
    .map(alarm => code(alarm.id))
    .join(', ')}; the lines “${logLines.requestSettled}” of the fence’s log, and its access log`,
});

const listingInWords = ({ listing, partner }: WebhookFence): string =>
  listing
    ? `. Once an hour the reconciler asks ${partner.name} what it has (${code(listing.url.split('?')[0] ?? '')}), and names each item of which no delivery was accepted`
    : '';
