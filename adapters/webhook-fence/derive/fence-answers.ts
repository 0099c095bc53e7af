import { limits } from '#shared/contract/limits.ts';
import { code } from '#shared/derive/markdown.ts';
import { duration, size } from '#shared/derive/words.ts';
import type { FenceAnswer } from '../contract/webhook-answers.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { WebhookScheme } from '../contract/webhook-scheme.ts';
import { isNamedById, traitsOf } from '../contract/webhook-traits.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { canConflict } from './fence-faults.ts';
import { contentTypesInWords, sameInWords } from './fence-words.ts';

/** Each status that a fence answers, when it does, and what the sender does then. */
export const answerRows = (fence: WebhookFence): string[][] => [
  ...acceptedRows(fence),
  ...refusedRows(fence),
  ...retryRows(fence),
];

function acceptedRows(fence: WebhookFence): string[][] {
  const { accepted, duplicate, quarantined, conflict } = fence.answers;
  const states = `${code('status')} is ${acceptedStates(fence)}.`;
  return [
    [String(accepted.status), `Accepted. ${bodyInWords(accepted, states)}`, nothingToDo(fence)],
    ...(duplicate
      ? [[String(duplicate.status), `A repeat. ${bodyInWords(duplicate, 'As the first.')}`, 'Nothing.']]
      : []),
    ...handshakeRows(schemeOf(fence)),
    ...(isAlike(quarantined, accepted) ? [] : [quarantinedRow(quarantined)]),
    ...(canConflict(fence) && !isAlike(conflict, accepted) ? [conflictRow(fence)] : []),
  ];
}

const bodyInWords = ({ status, body }: FenceAnswer, json: string): string => {
  if (status === 204) return 'There is no body.';
  return body === undefined ? json : `The body is always ${code(body)}.`;
};

const isAlike = (a: FenceAnswer, b: FenceAnswer): boolean => a.status === b.status && a.body === b.body;

const tellsStatus = ({ status, body }: FenceAnswer): boolean => status !== 204 && body === undefined;

const quarantinedRow = (answer: FenceAnswer): string[] => [
  String(answer.status),
  `Verified, but quarantined. ${bodyInWords(answer, `${code('code')} and ${code('detail')} say why.`)}`,
  tellsStatus(answer) ? `Do what ${code('remedy')} says, then send it again.` : 'Ask us why.',
];

const conflictRow = (fence: WebhookFence): string[] => [
  String(fence.answers.conflict.status),
  `A delivery with this name was accepted before. A repeat must have the same content: ${sameInWords(fence)}. The first one stays valid; this one is quarantined.`,
  'Send new content under a new id.',
];

const handshakeRows = ({ handshakes = [] }: WebhookScheme): string[][] =>
  [...new Set(handshakes.map(({ answer }) => String(answer.status ?? 200)))].map(status => [
    status,
    'The answer that proves the address.',
    'Nothing.',
  ]);

const nothingToDo = ({ answers: { accepted, quarantined } }: WebhookFence): string =>
  isAlike(quarantined, accepted) && tellsStatus(accepted)
    ? `Nothing. Do not send it again. If it is ${code('quarantined')}: do what ${code('remedy')} says, then send it again.`
    : 'Nothing. Do not send it again.';

const acceptedStates = (fence: WebhookFence): string => {
  const { accepted, quarantined: unusable, conflict } = fence.answers;
  const reasons = [
    ...(isAlike(unusable, accepted) ? ['it could not be used'] : []),
    ...(isAlike(conflict, accepted) && canConflict(fence)
      ? ['it contradicts a delivery that was accepted before']
      : []),
  ];
  const quarantined =
    reasons.length === 0
      ? 'it could not be published'
      : `${reasons.join(', or ')}; ${code('code')}, ${code('detail')} and ${code('remedy')} say why`;
  return `${code('published')}, ${code('accepted')} (stored; its events are published soon), ${code('skipped')} (this kind makes no events) or ${code('quarantined')} (${quarantined})`;
};

const refusedRows = (fence: WebhookFence): string[][] => [
  ...(needsId(fence)
    ? [
        [
          '400',
          'The header that names the delivery is missing.',
          'Send the header, with the same value for each repeat.',
        ],
      ]
    : []),
  [
    '401',
    'The signature or token does not prove that the request is yours. The answer does not say why.',
    'Check the secret and the clock. When the secret is fixed, tell us: we keep signed requests for a while and can still accept them.',
  ],
  ...(fence.allowFrom ? [['403', 'The request comes from an address that was not agreed.', 'Tell us.']] : []),
  ['404', 'Another path or method.', `${code('POST')} to the address above.`],
  [
    '413',
    `The body is larger than ${size(fence.bodyBytesMax)}, unpacked.`,
    'Send smaller requests, or tell us.',
  ],
  [
    '415',
    'Another content type, or another compression than gzip.',
    `Send ${contentTypesInWords(fence)}, or tell us: we keep signed requests for a while and can still accept them.`,
  ],
];

/** A signed id is part of the signature: without it the answer is 401. */
const needsId = (fence: WebhookFence): boolean =>
  isNamedById(fence) && traitsOf(fence.scheme).id !== 'signed' && fence.idempotency.otherwise !== 'content';

const retryRows = ({ throttle, tenantQuota }: WebhookFence): string[][] => [
  [
    '429',
    `More than ${throttle.ratePerSecond} requests a second${tenantQuota ? `, or more than ${tenantQuota.requests} of one tenant in ${duration(tenantQuota.perSeconds)}` : ''}.`,
    `Send it again later${tenantQuota ? `; if there is ${code('Retry-After')}, after that many seconds` : ''}.`,
  ],
  [
    '503',
    'Not accepted. Nothing of it is remembered.',
    `Send it again after the number of seconds in ${code('Retry-After')}; without that header, after ${limits.webhookRetryAfterSeconds}.`,
  ],
  ['500, 504, none', 'An error in our service.', 'Send it again.'],
];
