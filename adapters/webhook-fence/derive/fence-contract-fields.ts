import { limits } from '#shared/contract/limits.ts';
import { archiveInWords, type KindFields } from '#shared/derive/contract-field-names.ts';
import { code } from '#shared/derive/markdown.ts';
import { sentence, size, tenantInWords } from '#shared/derive/words.ts';
import { eventsOf, type WebhookFence } from '../contract/webhook-fence.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { fenceAlarmsOf } from './alarms-fence.ts';
import { canConflict } from './fence-faults.ts';
import { contentTypeOf, nameInWords, sameInWords, whenInWords } from './fence-words.ts';
import { schemeInWords } from './scheme-words.ts';

/** What a webhook fence agrees, beyond what every kind says alike. */
export const fenceFields = (fence: WebhookFence): KindFields => ({
  Protocol: `HTTPS, ${fence.methods.map(method => code(`${method} ${fence.route}`)).join(' and ')}; ${code(contentTypeOf(fence))}, at most ${size(fence.bodyBytesMax)}`,
  Trigger: `A request proved by ${schemeInWords(schemeOf(fence))}`,
  'Input schema': `Version ${fence.schemaVersion}: ${fence.accepts.map(({ when }) => whenInWords(when)).join('; ')}. The fields of each are in the guide for the partner`,
  'Idempotency key': `${sentence(nameInWords(fence))} ${canConflict(fence) ? `A repeat shares with the first ${sameInWords(fence)}; otherwise it is a conflict, answered ${fence.onConflict} and quarantined` : 'A repeat has the same content'}`,
  'Correlation id':
    'A hash of the delivery’s name: one for each delivery, on every event, log line and answer; repeats have the same',
  'Tenant propagation': tenantInWords(fence.tenant, 'field'),
  Timeout: `An answer before API Gateway gives up (30 s); ${limits.webhookCallMillisecondsMax / 1000} s a call. A publish call without an answer is UNKNOWN: the delivery is spilled, and the same ids are sent again`,
  'Retry policy': `${limits.webhookPublishAttemptsMax} attempts to publish while the partner waits; then the delivery is answered 202 and waits in the spill queue, which is tried ${limits.receivesMax} times with growing delay before its DLQ. What is answered 503 the partner sends again`,
  'State impact': `Every request is published, duplicate, quarantined, rejected or skipped, or spilled until the drain gives it its outcome. A genuine delivery that cannot be used is quarantined and answered ${fence.onInvalidPayload}`,
  'Audit evidence': `Each genuine delivery as it came, in the raw bucket, and each quarantined one with its fault, for ${fence.retentionDays} days; refused requests, with what should have proved them, for ${limits.rejectsKeptDays} days; a record of each release of them`,
  'Replay behavior': `The same delivery again gets its first answer and publishes nothing; one that was quarantined is tried again; draining and redriving repeat with the same event ids. ${archiveInWords(eventsOf(fence))}`,
  'Reconciliation path':
    'Books of requests: those that API Gateway handed over against those with an outcome in the log; a difference rings an alarm. Each delivery can be asked after by its correlation id',
  'Security control': `${sentence(`proved by ${schemeInWords(schemeOf(fence))}`)} The secret lies in Secrets Manager, ${fence.secrets.rotationDays === undefined ? 'changed when the partner changes it' : `at most ${fence.secrets.rotationDays} days old`}; two are valid while it is changed. ${fence.allowFrom ? `Requests only from ${fence.allowFrom.map(code).join(', ')}. ` : ''}The functions may touch this fence’s objects, claims, queues and secret and publish this fence’s events alone`,
  'Operational dashboard': `Alarms ${fenceAlarmsOf(fence)
    .map(alarm => code(alarm.id))
    .join(', ')}; the lines “request settled” of the fence’s log, and its access log`,
});
