import { limits } from '#shared/contract/limits.ts';
import { code } from '#shared/derive/markdown.ts';
import { duration, size } from '#shared/derive/words.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { traitsOf } from '../contract/webhook-traits.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { canConflict } from './fence-faults.ts';
import { contentTypeOf, sameInWords } from './fence-words.ts';

/** Each status that a fence answers: when, and what the sender does. */
export const answerRows = (fence: WebhookFence): string[][] => [
  ...taken(fence),
  ...refused(fence),
  ...again(fence),
];

const taken = (fence: WebhookFence): string[][] => [
  ['202', `Taken. ${code('status')} is ${takenStates(fence)}.`, nothingToDo(fence)],
  ...(schemeOf(fence).handshake
    ? [['200', 'The challenge by which you prove the address, answered as it came.', 'Nothing.']]
    : []),
  ...(fence.onInvalidPayload === 422
    ? [['422', `Genuine, but put aside: ${code('code')} and ${code('detail')} say why.`, asRemedySays]]
    : []),
  ...(fence.onConflict === 409 && canConflict(fence)
    ? [
        [
          '409',
          `The delivery is known, but a repeat must share ${sameInWords(fence)}. What came first stands; this one is put aside.`,
          'Send what is new under a new id.',
        ],
      ]
    : []),
];

const asRemedySays = `Do as ${code('remedy')} says, then send it again.`;

const nothingToDo = ({ onInvalidPayload }: WebhookFence): string =>
  onInvalidPayload === 202
    ? `Nothing: do not send it again, except what is ${code('quarantined')}, once you have done as ${code('remedy')} says.`
    : 'Nothing: do not send it again.';

const takenStates = (fence: WebhookFence): string => {
  const { onInvalidPayload, onConflict } = fence;
  const aside = [
    ...(onInvalidPayload === 202 ? ['it could not be used'] : []),
    ...(onConflict === 202 && canConflict(fence) ? ['it contradicts one that is known'] : []),
  ];
  const quarantined =
    aside.length === 0
      ? 'it could not be published'
      : `${aside.join(', or ')}; ${code('code')}, ${code('detail')} and ${code('remedy')} say why`;
  return `${code('published')}, ${code('accepted')} (kept, and published soon), ${code('skipped')} (of a kind that is left out) or ${code('quarantined')} (put aside: ${quarantined})`;
};

const refused = (fence: WebhookFence): string[][] => [
  ...(needsId(fence)
    ? [['400', 'The header that names the delivery is missing.', 'Send it, the same for each repeat.']]
    : []),
  [
    '401',
    'The request is not proved to be yours. For which reason is not told.',
    'Check secret and clock. Once the secret is mended, tell us: what was signed is kept for a while and can still be taken.',
  ],
  ...(fence.allowFrom ? [['403', 'The request comes from an address that is not agreed.', 'Tell us.']] : []),
  ['404', 'Another path or method.', `${code('POST')} to the address above.`],
  ['413', `The body is larger than ${size(fence.bodyBytesMax)}.`, 'Send less at once.'],
  ['415', 'Another content type, or a compressed body.', `Send ${code(contentTypeOf(fence))}, uncompressed.`],
];

/** Where nothing is signed, only its id tells a repeat from a second fact with the same body. */
const needsId = ({ idempotency, scheme }: WebhookFence): boolean =>
  idempotency.key === 'delivery-id' && traitsOf(scheme).covers === 'sender';

const again = ({ throttle, tenantQuota }: WebhookFence): string[][] => [
  [
    '429',
    `More than ${throttle.ratePerSecond} requests a second${tenantQuota ? `, or more than ${tenantQuota.requests} of one tenant in ${duration(tenantQuota.perSeconds)}` : ''}.`,
    `Send it again later${tenantQuota ? `; where ${code('Retry-After')} is given, after so many seconds` : ''}.`,
  ],
  [
    '503',
    'Not taken, and nothing of it is remembered.',
    `Send it again after the seconds in ${code('Retry-After')}, or ${limits.webhookRetryAfterSeconds} without it.`,
  ],
  ['500, 504, none', 'Something broke on the way.', 'Send it again.'],
];
