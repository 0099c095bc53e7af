import { limits } from '#shared/contract/limits.ts';
import { code, list, steps } from '#shared/derive/markdown.ts';
import { duration } from '#shared/derive/words.ts';
import { secretName, type WebhookFence } from '../contract/webhook-fence.ts';
import type { WebhookScheme } from '../contract/webhook-scheme.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';

/** How a fence's secret is changed without refusing a request. */
export function secretSteps(fence: WebhookFence): string[] {
  const scheme = schemeOf(fence);
  return [
    `${code(secretName('<stage>', fence.id))} in Secrets Manager is JSON: ${code(`{"current", "previous"?, ${scheme.handshake === 'meta-hub-challenge' ? '"handshake", ' : ''}"statusKey"?}`)}. ${keyInWords(scheme)} ${age(fence)}`,
    steps([
      `Obtain the new key from ${fence.partner.name}, or agree one.`,
      `Write it as ${code('current')}, and the one before as ${code('previous')}: both are valid. Functions read it anew at once when no key fits, else within ${duration(limits.keysCachedSeconds)}; the line “secret read” names the version.`,
      'Let the partner change over. As long as it signs with the old one, the log says “previous secret used”.',
      `Take ${code('previous')} out; it is refused ${duration(limits.keysCachedSeconds)} later at the latest.`,
    ]),
    `A secret that was stolen: write the new one as ${code('current')} without ${code('previous')} at once. What the partner still signs with the old one is refused for good; it sends that again once it has changed over.`,
    `${code('statusKey')} is what the partner presents to ask after deliveries: one text${'from' in fence.tenant ? `, or one for each tenant: ${code(`{${fence.tenant.allowed.map(tenant => `"${tenant}": "…"`).join(', ')}}`)}` : ''}. Without it nobody is told.`,
  ];
}

function keyInWords(scheme: WebhookScheme): string {
  if (scheme.kind === 'token')
    return scheme.token.encoding === 'base64' ? 'A key is `user:password`.' : 'A key is the token itself.';
  const forms = scheme.signers.map(({ algorithm, key }) => {
    const written = `${key?.encoding ?? 'utf8'}${key?.prefix ? ` after ${code(key.prefix)}` : ''}`;
    return `${algorithm.startsWith('hmac') ? 'a shared secret' : 'the partner’s public key'} (${written})`;
  });
  return `A key is ${forms.join(' or ')}${forms.length > 1 ? '; a list where both are in use' : ''}.`;
}

const age = ({ secrets }: WebhookFence): string =>
  secrets.rotationDays === undefined
    ? 'The contract sets no age for it.'
    : `It is due after ${secrets.rotationDays} days: [Secret overdue](#secret-overdue) rings then.`;

/** How requests that were refused wrongly are taken after all. */
export const releaseSection = ({ id, replayHorizonDays }: WebhookFence): string[] => [
  `Requests refused for their signature are kept under ${code(`${id}/rejects/`)} of the raw bucket for ${limits.rejectsKeptDays} days, at most ${limits.rejectsAnHourMax} an hour; those without any signature are only counted. After the secret was mended:`,
  [
    '```sh',
    `npm run release -- ${id} --from 2026-11-20T08:00Z --to 2026-11-20T12:00Z --operator you --reason 'secret mended'`,
    '```',
  ].join('\n'),
  list([
    'It first shows what would be released and changes nothing; the same with `--go` releases. Of a deployed fence add `--function` with the output `ReleaseFunctionName` of its stack; without it the local cloud is asked.',
    'Each request is verified again, as of the time at which it was received, with the keys as they are now. What passes is taken as if it had just come; what the partner delivered again meanwhile is a duplicate.',
    `What does not pass stays where it is: a forgery stays one.${replayHorizonDays < limits.rejectsKeptDays ? ` Requests older than ${replayHorizonDays} days are not released: repeats of them are no longer known.` : ''}`,
    `Who released what, when and why is kept under ${code(`${id}/audit/`)} of the raw bucket.`,
  ]),
];
