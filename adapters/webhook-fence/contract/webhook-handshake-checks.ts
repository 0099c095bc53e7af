import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import type { Digest, Handshake } from './webhook-handshake.ts';
import { unsafePins } from './webhook-pinned-url.ts';
import { checkField, checkHeaders, checkPlace, oneOf } from './webhook-place-checks.ts';
import { placeholdersOf } from './webhook-template.ts';

/** @throws ContractError */
export function checkHandshake(where: string, handshake: Handshake): void {
  refuseUnknownOptions(where, handshake, ['method', 'when', 'proof', 'answer', 'visit']);
  oneOf(`${where}: method`, handshake.method, ['GET', 'POST', 'HEAD', 'OPTIONS']);
  for (const condition of handshake.when ?? []) checkPlace(`${where}: when`, condition, { also: ['is'] });
  requireThat(
    where,
    handshake.method !== 'POST' || (handshake.when ?? []).length > 0,
    'a handshake by POST needs when, to be told from a delivery',
  );
  checkProof(where, handshake);
  checkAnswer(where, handshake);
  if (!handshake.visit) return;
  const { field, urls } = handshake.visit;
  refuseUnknownOptions(`${where}: visit`, handshake.visit, ['field', 'urls']);
  checkField(`${where}: visit`, field);
  requireThat(
    where,
    urls.length > 0 && unsafePins(urls).length === 0,
    'visit.urls must be https:// with a complete host and a path',
  );
  requireThat(
    where,
    handshake.proof === 'scheme',
    'visit needs proof: scheme, else anyone could send us there',
  );
}

function checkProof(where: string, { proof }: Handshake): void {
  if (typeof proof === 'string') oneOf(`${where}: proof`, proof, ['scheme', 'none']);
  else {
    refuseUnknownOptions(`${where}: proof`, proof, ['token']);
    checkPlace(`${where}: proof.token`, proof.token);
  }
}

function checkAnswer(where: string, { answer }: Handshake): void {
  refuseUnknownOptions(`${where}: answer`, answer, ['status', 'text', 'json', 'headers']);
  requireThat(where, [200, 204].includes(answer.status ?? 200), 'answer.status must be 200 or 204');
  const bodies = [answer.text, answer.json].filter(body => body !== undefined).length;
  requireThat(where, bodies <= (answer.status === 204 ? 0 : 1), 'answer has text or json, and none with 204');
  if (answer.text !== undefined) checkTemplate(where, answer.text, echoed);
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    checkHeaders(`${where}: answer.headers`, name);
    checkTemplate(where, value, echoed);
  }
  for (const value of Object.values(answer.json ?? {})) {
    if (typeof value === 'string') checkTemplate(where, value, echoed);
    else if (typeof value === 'object') checkDigest(where, value);
  }
}

function checkDigest(where: string, digest: Digest): void {
  refuseUnknownOptions(`${where}: digest`, digest, ['digest', 'of', 'encoding', 'prefix']);
  oneOf(`${where}: digest`, digest.digest, ['hmac-sha256', 'sha256']);
  oneOf(`${where}: digest.encoding`, digest.encoding, ['hex', 'base64']);
  checkTemplate(where, digest.of, [...echoed, 'url', 'handshake']);
}

/** What a request says may be sent back as it came. A secret only as part of a digest. */
const echoed = ['header', 'query', 'field'];

function checkTemplate(where: string, template: string, allowed: readonly string[]): void {
  for (const { name, of, written } of placeholdersOf(template)) {
    oneOf(`${where}: placeholder`, name, allowed);
    if (!echoed.includes(name)) requireThat(where, of === '', `${written} names nothing after a colon`);
    else checkPlace(`${where}: ${written}`, { [name]: of });
  }
}
