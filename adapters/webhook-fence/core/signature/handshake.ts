import { limits } from '#shared/contract/limits.ts';
import type { WebhookScheme } from '../../contract/webhook-scheme.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import { equalInConstantTime } from './constant-time.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import type { Secret } from './secret.ts';
import { type Criteria, verify } from './verify.ts';

/** To be answered 200 as `text/plain` with the challenge; no event comes of it. */
export interface HandshakeAnswer {
  readonly challenge: string;
}

/** Undefined when the request is an ordinary delivery, to be verified as such. */
export function answerHandshake(
  scheme: WebhookScheme,
  request: WebhookRequest,
  criteria: Criteria,
): HandshakeAnswer | Refusal | undefined {
  if (scheme.handshake === 'meta-hub-challenge') return answerMeta(request, criteria.secrets);
  if (scheme.handshake !== 'slack-url-verification') return undefined;
  const challenge = slackChallenge(request.body);
  if (challenge === undefined) return undefined;
  const verification = verify(scheme, request, criteria);
  return verification.verified ? answerOf(challenge) : verification;
}

/** Slack posts a signed `{"type": "url_verification", "challenge": …}`. Other bodies are not parsed for it. */
function slackChallenge(body: Uint8Array): unknown {
  if (!Buffer.from(body.buffer, body.byteOffset, body.length).includes('"url_verification"'))
    return undefined;
  const parsed = parseStrictJson(body);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined;
  const { type, challenge = '' } = parsed.value as { type?: unknown; challenge?: unknown };
  return type === 'url_verification' ? challenge : undefined;
}

const onlyOne = ([first, ...others]: readonly string[]): string | undefined =>
  others.length === 0 ? first : undefined;

/** Meta asks with GET and `hub.mode=subscribe`, proving itself by the verify token agreed when the webhook was set up. */
function answerMeta(
  request: WebhookRequest,
  secrets: readonly Secret[],
): HandshakeAnswer | Refusal | undefined {
  if (request.method.toUpperCase() !== 'GET') return undefined;
  const query = new URLSearchParams(/\?([^#]*)/.exec(request.url)?.[1] ?? '');
  const [mode, token, challenge] = ['hub.mode', 'hub.verify_token', 'hub.challenge'].map(name =>
    onlyOne(query.getAll(name)),
  );
  if (token === undefined || challenge === undefined || mode !== 'subscribe')
    return refusal(
      'MALFORMED_HANDSHAKE',
      'hub.mode, hub.verify_token and hub.challenge are needed once each',
    );
  const isToken = secrets.map(
    ({ use, value }) => equalInConstantTime(token, value) && use === 'handshake' && value !== '',
  );
  return isToken.includes(true)
    ? answerOf(challenge)
    : refusal('SIGNATURE_MISMATCH', 'the verify token is not a valid one');
}

/** The challenge is answered as it came, so it may hold nothing that a browser could take for markup. */
function answerOf(challenge: unknown): HandshakeAnswer | Refusal {
  const isPlain =
    typeof challenge === 'string' &&
    challenge.length <= limits.webhookChallengeCharactersMax &&
    /^[A-Za-z0-9._~+/=-]+$/.test(challenge);
  return isPlain ? { challenge } : refusal('MALFORMED_HANDSHAKE', 'the challenge is not a short plain word');
}
