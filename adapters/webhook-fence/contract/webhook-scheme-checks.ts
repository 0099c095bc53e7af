import { limits } from '#shared/contract/limits.ts';
import { checkWord } from '#shared/contract/names.ts';
import { ContractError, refuseUnknownOptions } from '#shared/contract/options.ts';
import { isJsonPointer } from './json-pointer.ts';
import { checkBorders } from './webhook-content-borders.ts';
import {
  coverageOf,
  type SignedScheme,
  type Signer,
  type TimestampRule,
  type TokenScheme,
  type WebhookScheme,
} from './webhook-scheme.ts';

const placeholders = ['id', 'timestamp', 'method', 'url', 'decodedUrl', 'body', 'form'];
const common = ['kind', 'name', 'id', 'handshake', 'retryFields'];
const algorithms = ['hmac-sha1', 'hmac-sha256', 'hmac-sha512', 'ed25519', 'ecdsa-p256-sha256'];

/** @throws ContractError */
export function checkScheme(scheme: WebhookScheme): void {
  const where = `webhook scheme ${scheme.name}`;
  checkWord('webhook scheme', scheme.name);
  oneOf(`${where}: kind`, scheme.kind, ['signed', 'token']);
  if (scheme.handshake)
    oneOf(`${where}: handshake`, scheme.handshake, ['slack-url-verification', 'meta-hub-challenge']);
  if (scheme.id) {
    refuseUnknownOptions(`${where}: id`, scheme.id, ['header']);
    checkHeader(`${where}: id`, scheme.id.header);
  }
  if (scheme.kind === 'token') checkToken(where, scheme);
  else checkSigned(where, scheme);
  if (scheme.retryFields) checkRetryFields(where, scheme, scheme.retryFields);
}

function checkRetryFields(where: string, scheme: WebhookScheme, fields: readonly string[]): void {
  if (!['body', 'sender'].includes(coverageOf(scheme)))
    throw new ContractError(
      `${where}: retryFields need a signature over the body: this one names its fields`,
    );
  for (const field of fields)
    if (!isJsonPointer(field))
      throw new ContractError(`${where}: retryFields "${field}" must be a JSON pointer such as /sentAt`);
}

function checkToken(where: string, scheme: TokenScheme): void {
  refuseUnknownOptions(where, scheme, [...common, 'token']);
  refuseUnknownOptions(`${where}: token`, scheme.token, ['header', 'prefix', 'encoding']);
  checkHeader(`${where}: token`, scheme.token.header);
  oneOf(`${where}: token.encoding`, scheme.token.encoding ?? 'plain', ['plain', 'base64']);
}

function checkSigned(where: string, scheme: SignedScheme): void {
  refuseUnknownOptions(where, scheme, [...common, 'signature', 'signers', 'content', 'timestamp']);
  checkSignature(where, scheme);
  checkSigners(where, scheme);
  checkContent(where, scheme);
  if (scheme.timestamp) checkTimestamp(where, scheme, scheme.timestamp);
}

function checkSignature(where: string, { signature, content }: SignedScheme): void {
  if (!signature) {
    if (typeof content === 'string' || content.named !== 'adyen-payment')
      throw new ContractError(`${where}: signature must name the header that carries it`);
    return;
  }
  refuseUnknownOptions(`${where}: signature`, signature, ['header', 'prefix', 'elements']);
  checkHeader(`${where}: signature`, signature.header);
  if (!signature.elements) return;
  refuseUnknownOptions(`${where}: elements`, signature.elements, ['separator', 'assignment']);
  const { separator, assignment } = signature.elements;
  if (!separator || !assignment || separator.includes(assignment) || assignment.includes(separator))
    throw new ContractError(`${where}: separator and assignment must be two different texts`);
  if (signature.prefix) throw new ContractError(`${where}: a list of elements has no prefix`);
}

function checkSigners(where: string, { signature, signers }: SignedScheme): void {
  if (signers.length === 0) throw new ContractError(`${where}: signers must name at least one`);
  for (const signer of signers) checkSigner(where, signer, Boolean(signature?.elements));
  if (signers.length === 1) return;
  const prefixes = new Set(signers.map(signer => signer.key?.prefix ?? ''));
  if (prefixes.size < signers.length || prefixes.has(''))
    throw new ContractError(
      `${where}: several signers need a key prefix each, else a public key could be used as a shared secret`,
    );
}

function checkSigner(where: string, signer: Signer, isList: boolean): void {
  refuseUnknownOptions(`${where}: signer`, signer, ['element', 'algorithm', 'encoding', 'key']);
  refuseUnknownOptions(`${where}: key`, signer.key ?? {}, ['encoding', 'prefix']);
  oneOf(`${where}: algorithm`, signer.algorithm, algorithms);
  oneOf(`${where}: encoding`, signer.encoding, ['hex', 'hex-upper', 'base64', 'base64url']);
  oneOf(`${where}: key.encoding`, signer.key?.encoding ?? 'utf8', ['utf8', 'hex', 'base64']);
  if (isList !== Boolean(signer.element))
    throw new ContractError(`${where}: a signer names an element exactly when the header is a list`);
  if (!signer.algorithm.startsWith('hmac') && (signer.key?.encoding ?? 'utf8') === 'utf8')
    throw new ContractError(`${where}: a public key is written in base64 or hex`);
}

function checkContent(where: string, { content, timestamp, id }: SignedScheme): void {
  if (typeof content !== 'string') {
    refuseUnknownOptions(`${where}: content`, content, ['named']);
    oneOf(`${where}: content.named`, content.named, ['twilio', 'adyen-payment']);
    return;
  }
  for (const [, name = ''] of content.matchAll(/\{([^}]*)\}/g))
    oneOf(`${where}: placeholder`, name, placeholders);
  const holds = (name: string) => content.includes(`{${name}}`);
  if (!holds('body') && !holds('form'))
    throw new ContractError(`${where}: the body must be part of the content`);
  if (holds('timestamp') && (!timestamp || 'bodyField' in timestamp.from))
    throw new ContractError(`${where}: {timestamp} needs a timestamp from a header or element`);
  if (holds('id') && !id) throw new ContractError(`${where}: {id} needs id.header`);
  if (timestamp && !('bodyField' in timestamp.from) && !holds('timestamp'))
    throw new ContractError(`${where}: a timestamp outside the signed content protects nothing`);
  checkBorders(where, content);
}

function checkTimestamp(where: string, scheme: SignedScheme, rule: TimestampRule): void {
  refuseUnknownOptions(`${where}: timestamp`, rule, ['from', 'unit', 'toleranceSeconds']);
  refuseUnknownOptions(`${where}: timestamp.from`, rule.from, ['header', 'element', 'bodyField']);
  oneOf(`${where}: timestamp.unit`, rule.unit, ['seconds', 'milliseconds']);
  if ('header' in rule.from) checkHeader(`${where}: timestamp`, rule.from.header);
  if ('element' in rule.from && !scheme.signature?.elements)
    throw new ContractError(`${where}: timestamp.from.element needs a signature header that is a list`);
  const { toleranceSeconds } = rule;
  if (
    !Number.isInteger(toleranceSeconds) ||
    toleranceSeconds < 1 ||
    toleranceSeconds > limits.webhookToleranceSecondsMax
  )
    throw new ContractError(
      `${where}: toleranceSeconds must be a whole number from 1 to ${limits.webhookToleranceSecondsMax}`,
    );
}

function checkHeader(where: string, name: string): void {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    throw new ContractError(`${where}: header "${name}" must be a header's name in lower case`);
}

function oneOf(option: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value))
    throw new ContractError(`${option} "${value}" is not one of ${allowed.join(', ')}`);
}
