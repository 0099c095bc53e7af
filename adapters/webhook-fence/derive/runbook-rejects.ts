import { limits } from '#shared/contract/limits.ts';
import { anyStage } from '#shared/contract/named-stage.ts';
import { code, list, steps } from '#shared/derive/markdown.ts';
import { duration } from '#shared/derive/words.ts';
import { secretName, type WebhookFence } from '../contract/webhook-fence.ts';
import { hasHandshakeSecret } from '../contract/webhook-handshake.ts';
import type { JwtScheme, WebhookScheme } from '../contract/webhook-scheme.ts';
import { hasSecretsByTenant, tenantsOf } from '../contract/webhook-tenant.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';

/** How to change a fence's secret without refusing a request. */
export function secretSteps(fence: WebhookFence): string[] {
  const scheme = schemeOf(fence);
  return [
    `${code(secretName(anyStage, fence.id))} in Secrets Manager is JSON: ${code(`{"current", "previous"?, ${hasHandshakeSecret(scheme) ? '"handshake", ' : ''}"statusKey"?}`)}. ${keyInWords(scheme)} ${age(fence)}${ownKeys(fence)}`,
    steps([
      `Get the new key from ${fence.partner.name}, or agree one.`,
      `Write it as ${code('current')}, and the old key as ${code('previous')}: both are valid. If no key fits, functions read the secret again at once, otherwise within ${duration(limits.keysCachedSeconds)}. The line “${logLines.secretRead}” names the version.`,
      `Ask the partner to change to the new key. While it signs with the old key, the log has lines “${logLines.previousSecretUsed}”.`,
      `Remove ${code('previous')}. At most ${duration(limits.keysCachedSeconds)} later the old key is refused.`,
    ]),
    `If a secret was stolen: write the new one as ${code('current')} at once, without ${code('previous')}. Requests that the partner still signs with the old one are refused; the partner sends them again when it uses the new one.`,
    `${code('statusKey')} is the key with which the partner asks for the status of deliveries: one text${tenantsOf(fence).length > 1 ? `, or one for each tenant: ${code(byTenant(fence))}` : ''}. Without it nobody can ask.`,
  ];
}

const byTenant = (fence: WebhookFence): string =>
  `{${tenantsOf(fence)
    .map(tenant => `"${tenant}": "…"`)
    .join(', ')}}`;

const ownKeys = (fence: WebhookFence): string =>
  hasSecretsByTenant(fence)
    ? ` ${code('current')} and ${code('previous')} are by tenant: ${code(byTenant(fence))}. No two tenants may have a key in common.`
    : '';

function keyInWords(scheme: WebhookScheme): string {
  if (scheme.kind === 'token')
    return scheme.token.encoding === 'base64' ? 'A key is `user:password`.' : 'A key is the token itself.';
  if (scheme.kind === 'jwt') return jwtKeyInWords(scheme);
  if (scheme.certificate)
    return 'The partner’s certificate is read from the address that the contract pins; `current` is not used, and may be any text.';
  const forms = scheme.signers.map(({ algorithm, key }) => {
    const written = `${key?.encoding ?? 'utf8'}${key?.prefix ? ` after ${code(key.prefix)}` : ''}`;
    const isShared = algorithm.startsWith('hmac') || algorithm === 'sha256';
    return `${isShared ? 'a shared secret' : 'the partner’s public key'} (${written})`;
  });
  const different = [...new Set(forms)];
  return `A key is ${different.join(' or ')}${different.length > 1 ? '; a list if both are in use' : ''}.`;
}

function jwtKeyInWords({ keys, algorithms }: JwtScheme): string {
  if (keys === 'secret')
    return algorithms.every(algorithm => algorithm.startsWith('HS'))
      ? 'A key is a shared secret (utf8).'
      : 'A key is the partner’s public key (pem).';
  const isShown =
    'jwk' in keys && Object.values(keys.jwk.headers ?? {}).some(value => value.includes('{secret}'));
  return isShown
    ? 'The partner’s keys are read from the address in the contract; `current` is the secret that is shown there.'
    : 'The partner’s keys come from the address or the certificate that the contract pins; `current` is not used, and may be any text.';
}

const age = ({ secrets }: WebhookFence): string =>
  secrets.rotationDays === undefined
    ? 'The contract sets no maximum age.'
    : `Change it before it is ${secrets.rotationDays} days old; otherwise the alarm [Secret overdue](#secret-overdue) rings.`;

/** How to accept requests that were refused by mistake. */
export const releaseSection = ({ id, rejects, replayHorizonDays }: WebhookFence): string[] => [
  `Requests that were refused for their signature, or although their signature is right, are kept under ${code(`${id}/rejects/`)} of the bucket of rejects for ${rejects.keptDays} days. At most ${rejects.anHour} of each cause (${code('genuine')}, ${code('mismatch')}, ${code('malformed')}) are kept in an hour, and ${Math.ceil(rejects.anHour * limits.rejectsOfSourceShare)} more from each of ${limits.rejectSourceGroups} groups of addresses: a flood leaves room for the others. Requests without any signature are only counted. After you fixed the secret or the contract:`,
  [
    '```sh',
    `npm run edge -- plan release ${id} --from 2026-11-20T08:00:00Z --to 2026-11-20T12:00:00Z`,
    '```',
  ].join('\n'),
  list([
    'This shows how many would be released and changes nothing. Its last lines say how to release them. For a deployed fence add `--stage <stage>`; without it, the command uses the local cloud.',
    'Each request is verified again with the current keys, as of the time it was received, and checked against the deployed contract. A request that passes is accepted as if it had just arrived. If the partner delivered it again meanwhile, it is a duplicate.',
    `A request whose only fault is the time of its signature (TIMESTAMP_TOO_OLD, TIMESTAMP_IN_FUTURE) is released only with ${code('--stale yes')}. Use it if you know that the partner sent it. The audit record and the line “${logLines.rejectReleased}” say so.`,
    `A request that does not pass, such as a forgery, stays where it is. Requests that were received or signed more than ${replayHorizonDays} days ago are not released, because their repeats can no longer be recognised.`,
    `An audit record under ${code(`${id}/audit/`)} of the raw bucket says who released what, when and why.`,
  ]),
];
