import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import type { JsonSchema } from '#shared/derive/event-schema.ts';
import { code, derivedFrom, list, page, table } from '#shared/derive/markdown.ts';
import { fieldsOf } from '#shared/derive/schema-fields.ts';
import { duration, sentence, size } from '#shared/derive/words.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { hasSecretsByTenant, tenantsOf } from '../contract/webhook-tenant.ts';
import { traitsOf } from '../contract/webhook-traits.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { answerRows } from './fence-answers.ts';
import { canConflict, fenceFaults } from './fence-faults.ts';
import { addressOf, contentTypesInWords, nameInWords, sameInWords, whenInWords } from './fence-words.ts';
import { handshakeRules } from './handshake-words.ts';
import { signingRules } from './scheme-words.ts';

/** What a partner must know to send webhooks, in Markdown. Names nothing internal. */
export function renderFenceGuide(fence: WebhookFence): string {
  return page([
    derivedFrom(`integrations/${fence.id}/contract.ts`),
    `# Sending webhooks: ${fence.id}`,
    `This guide is for the people at ${fence.partner.name} who set up the webhook. ${fence.purpose} Version ${fence.schemaVersion} of the agreement. Questions: ${fence.owner.contact}.`,
    '## The request',
    list(requestRules(fence)),
    '## Signing',
    list(signingRules(schemeOf(fence))),
    ...handshake(fence),
    '## What is accepted',
    ...deliveries(fence),
    '## The answer',
    `${answerBody(fence)} The header ${code('traceparent')} of the answer names the trace of its events.`,
    table(['status', 'meaning', 'what to do'], answerRows(fence)),
    '## Repeats',
    list(repeatRules(fence)),
    '## Status of a delivery',
    status(fence),
    '## When something is wrong',
    table(
      ['code', 'meaning', 'what to do'],
      fenceFaults(fence)
        .filter(fault => fault.scope !== 'lane')
        .map(fault => [code(fault.code), fault.meaning, fault.remedy]),
    ),
  ]);
}

const answerBody = ({ answers: { accepted } }: WebhookFence): string =>
  accepted.body === undefined && accepted.status !== 204
    ? `JSON. An accepted delivery has a ${code('correlationId')}: quote it when you ask about the delivery.`
    : 'The answer to an accepted delivery is fixed. Refusals are JSON.';

const requestRules = (fence: WebhookFence): string[] => [
  `Address: ${code(`POST ${addressOf(fence)}`)}${fence.url ? '' : '; we tell you the host when we agree the secret'}. HTTPS only. ${code('HEAD')} and ${code('OPTIONS')} say that there is something at the address: they are answered 200 and 204 and publish nothing.`,
  `Body: ${contentTypesInWords(fence)} in UTF-8, uncompressed or as gzip, at most ${size(fence.bodyBytesMax)} unpacked.${fence.formField === undefined ? '' : ` In a form, the field ${code(fence.formField)} holds the JSON.`}`,
  `Pace: ${fence.throttle.ratePerSecond} requests a second, ${fence.throttle.burst} at once${fence.tenantQuota ? `; of one tenant ${fence.tenantQuota.requests} in ${duration(fence.tenantQuota.perSeconds)}` : ''}.`,
  ...tenantRule(fence),
  ...(fence.sequenceFrom
    ? [`Order: deliveries may arrive in any order; ${code(fence.sequenceFrom)} says when each happened.`]
    : ['Order: deliveries may arrive in any order.']),
  ...(fence.allowFrom
    ? [`Addresses: requests are accepted only from ${fence.allowFrom.map(code).join(', ')}.`]
    : []),
];

function tenantRule(fence: WebhookFence): string[] {
  const { tenant } = fence;
  if ('constant' in tenant) return [];
  const place = 'fromPath' in tenant ? `${code('{tenant}')} in the address` : code(tenant.from);
  const own = hasSecretsByTenant(fence) ? ' Sign with the secret of that tenant.' : '';
  return [`Tenant: ${place} names it, one of ${tenant.allowed.map(code).join(', ')}.${own}`];
}

function handshake(fence: WebhookFence): string[] {
  const rules = handshakeRules(schemeOf(fence));
  return rules.length === 0 ? [] : ['## Proving the address', list(rules)];
}

function deliveries(fence: WebhookFence): string[] {
  const accepted = fence.accepts.flatMap(({ when, schema }) => [
    `### ${sentence(whenInWords(when)).slice(0, -1)}`,
    fieldTable(fence, schema),
  ]);
  const skips = fence.skips.map(
    ({ when, reason }) =>
      `${when === 'otherwise' ? 'Any other' : sentence(whenInWords(when)).slice(0, -1)}: ${reason}`,
  );
  const isOpen =
    fence.skips.some(({ when }) => when === 'otherwise') || fence.accepts.some(({ when }) => !when);
  return [
    ...accepted,
    ...(skips.length > 0 ? ['### Skipped', list(skips)] : []),
    ...(isOpen ? [] : ['Any other delivery is quarantined: ask us before you switch on another kind.']),
  ];
}

/** Fields of a payload as its sender writes it. Other fields may be there and are ignored. */
const fieldTable = ({ body }: WebhookFence, schema: z.ZodType): string =>
  table(
    ['field', 'type', 'required'],
    fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema).map(
      ({ path, type, required }) => [
        code(body === 'json' ? pointer(path) : path),
        type,
        required ? 'yes' : 'no',
      ],
    ),
  );

/** A path as the contract’s rules write it; `*` stands for each item of a list. */
const pointer = (path: string): string => `/${path.replaceAll('[].', '/*/').replaceAll('.', '/')}`;

const repeatRules = (fence: WebhookFence): string[] => [
  sentence(nameInWords(fence)),
  'A repeat gets the same answer as the first delivery, and makes no second event.',
  `A ${code('quarantined')} delivery is processed again when you send it again: corrected, under the same id or a new one; or unchanged, after we fixed an error on our side.`,
  ...(canConflict(fence)
    ? [
        `A repeat must have the same content as the first delivery: ${sameInWords(fence)}. Otherwise it is a conflict.`,
      ]
    : []),
  ...(traitsOf(fence.scheme).toleranceSeconds > 0
    ? ['Sign each repeat again, with the time at which you send it.']
    : []),
  `Send a delivery again if the answer is 429, 500, 503 or 504, or if there is none within 30 seconds. Wait ${limits.webhookRetryAfterSeconds} seconds at first, then longer each time. Retry for at least a day and at most ${fence.replayHorizonDays} days.`,
];

const status = (fence: WebhookFence): string =>
  `${code(`GET ${addressOf(fence)}/status/<id>`)} with ${code('Authorization: Bearer <status key>')} (agreed with us) is answered with ${code('{"correlationId", "status"}')}: ${['published', 'accepted', 'skipped', 'quarantined'].map(code).join(', ')}. The id is the correlation id${canBeAskedByOwnId(fence) ? ' or your own id of the delivery' : ''}. If the delivery is skipped or quarantined, the answer says why. 404 with ${code('unknown')}: never accepted${tenantsOf(fence).length > 1 ? ', of another tenant,' : ''} or more than ${fence.replayHorizonDays} days old. 401: the status key is wrong.`;

const canBeAskedByOwnId = ({ idempotency, scheme }: WebhookFence): boolean =>
  idempotency.key !== 'content' && (typeof idempotency.key === 'object' || traitsOf(scheme).id !== 'none');
