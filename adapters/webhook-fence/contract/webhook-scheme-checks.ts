import { checkWord } from '#shared/contract/names.ts';
import { ContractError, refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import { checkBorders } from './webhook-content-borders.ts';
import { coverageOf } from './webhook-coverage.ts';
import { signatureEncodings } from './webhook-encoding.ts';
import { signsForAnyone } from './webhook-handshake.ts';
import { checkHandshake } from './webhook-handshake-checks.ts';
import { checkJwt } from './webhook-jwt-checks.ts';
import { unsafePins } from './webhook-pinned-url.ts';
import { checkField, checkHeaders, checkPlace, oneOf } from './webhook-place-checks.ts';
import {
  algorithms,
  type CertificateRule,
  namedContents,
  type SignedScheme,
  type Signer,
  type TimestampRule,
  type TokenScheme,
  type WebhookScheme,
} from './webhook-scheme.ts';
import { holdsPlaceholder, placeholdersOf } from './webhook-template.ts';
import { checkTolerance } from './webhook-tolerance-check.ts';

const common = ['kind', 'name', 'id', 'handshakes', 'retryFields'];

/** @throws ContractError */
export function checkScheme(scheme: WebhookScheme): void {
  const where = `webhook scheme ${scheme.name}`;
  checkWord('webhook scheme', scheme.name);
  oneOf(`${where}: kind`, scheme.kind, ['signed', 'token', 'jwt']);
  if (scheme.id) {
    refuseUnknownOptions(`${where}: id`, scheme.id, ['header']);
    checkHeaders(`${where}: id`, scheme.id.header);
  }
  for (const handshake of scheme.handshakes ?? []) checkHandshake(`${where}: handshake`, handshake);
  if (scheme.kind === 'token') checkToken(where, scheme);
  else if (scheme.kind === 'jwt') checkJwt(where, scheme, common);
  else checkSigned(where, scheme);
  if (scheme.retryFields) checkRetryFields(where, scheme, scheme.retryFields);
  requireThat(
    where,
    !signsForAnyone(scheme) || isToldFromHandshake(scheme),
    "handshakes: with proof 'none' and a hmac-sha256 digest anyone has a text of theirs signed, which could be a delivery: the content must hold {body}",
  );
}

/** Whether text that a handshake signs cannot be what proves a delivery, if the body is JSON. */
function isToldFromHandshake(scheme: WebhookScheme): boolean {
  if (scheme.kind === 'jwt') return scheme.keys !== 'secret';
  return scheme.kind === 'token' || coverageOf(scheme) === 'body';
}

function checkRetryFields(where: string, scheme: WebhookScheme, fields: readonly string[]): void {
  if (!['body', 'sender'].includes(coverageOf(scheme)))
    throw new ContractError(
      `${where}: retryFields need a signature over the body: this one names its fields`,
    );
  for (const field of fields) checkField(`${where}: retryFields`, field);
}

function checkToken(where: string, scheme: TokenScheme): void {
  refuseUnknownOptions(where, scheme, [...common, 'token']);
  const { prefix: _, encoding = 'plain', ...place } = scheme.token;
  checkPlace(`${where}: token`, place, { also: ['prefix', 'encoding'] });
  oneOf(`${where}: token.encoding`, encoding, ['plain', 'base64']);
}

function checkSigned(where: string, scheme: SignedScheme): void {
  refuseUnknownOptions(where, scheme, [
    ...common,
    ...['signature', 'signers', 'content', 'timestamp', 'unsignedBody', 'certificate', 'expects'],
  ]);
  checkSignature(where, scheme);
  checkSigners(where, scheme);
  checkContent(where, scheme);
  if (scheme.timestamp) checkTimestamp(where, scheme, scheme.timestamp);
  if (scheme.certificate) checkCertificate(where, scheme.certificate);
  checkExpectations(where, scheme);
}

function checkSignature(where: string, { signature, content }: SignedScheme): void {
  if (!signature) {
    const isNamed = typeof content !== 'string' && content.named === 'adyen-payment';
    requireThat(where, isNamed, 'signature must name the header or field that carries it');
    return;
  }
  const { prefix, elements, ...place } = signature;
  checkPlace(`${where}: signature`, place, { also: ['prefix', 'elements'], isQueryAllowed: false });
  if (!elements) return;
  refuseUnknownOptions(`${where}: elements`, elements, ['separator', 'assignment']);
  const { separator, assignment } = elements;
  if (!separator || !assignment || separator.includes(assignment) || assignment.includes(separator))
    throw new ContractError(`${where}: separator and assignment must be two different texts`);
  requireThat(where, !prefix, 'a list of elements has no prefix');
}

function checkSigners(where: string, { signature, signers, content }: SignedScheme): void {
  requireThat(where, signers.length > 0, 'signers must name at least one');
  for (const signer of signers) {
    checkSigner(where, signer, Boolean(signature?.elements));
    requireThat(
      where,
      (signer.algorithm === 'sha256') ===
        (typeof content === 'string' && holdsPlaceholder(content, 'secret')),
      'the algorithm sha256, and only that one, is keyed by {secret} at the beginning of the content',
    );
  }
  const kinds = new Set(signers.map(isShared));
  const prefixes = new Set(signers.map(({ key }) => key?.prefix ?? ''));
  const optional = signers.filter(({ key }) => key?.prefixOptional).length;
  requireThat(
    where,
    kinds.size === 1 || (prefixes.size === signers.length && !prefixes.has('') && optional <= 1),
    'signers with a shared secret and with a public key need a key prefix each, else a public key could be used as a shared secret',
  );
}

const isShared = ({ algorithm }: Signer): boolean => algorithm.startsWith('hmac') || algorithm === 'sha256';

function checkSigner(where: string, signer: Signer, isList: boolean): void {
  refuseUnknownOptions(`${where}: signer`, signer, ['element', 'algorithm', 'encoding', 'key']);
  const { key = { encoding: 'utf8' } } = signer;
  refuseUnknownOptions(`${where}: key`, key, ['encoding', 'prefix', 'prefixOptional', 'hashed']);
  oneOf(`${where}: algorithm`, signer.algorithm, algorithms);
  oneOf(`${where}: encoding`, signer.encoding, signatureEncodings);
  oneOf(`${where}: key.encoding`, key.encoding, ['utf8', 'hex', 'base64', 'pem']);
  if (key.hashed) oneOf(`${where}: key.hashed`, key.hashed, ['sha1']);
  if (isList !== Boolean(signer.element))
    throw new ContractError(`${where}: a signer names an element exactly when the signature is in a list`);
  requireThat(
    where,
    isShared(signer) || key.encoding !== 'utf8',
    'a public key is written in base64, hex or pem',
  );
  requireThat(where, !isShared(signer) || key.encoding !== 'pem', 'a shared secret is not written in pem');
}

const placeholders = [
  'id',
  'timestamp',
  'method',
  'path',
  'url',
  'decodedUrl',
  'body',
  'crc32',
  'form',
  'header',
  'field',
  'signedHeaders',
  'secret',
];

function checkContent(where: string, scheme: SignedScheme): void {
  const { content, timestamp, id, unsignedBody } = scheme;
  if (unsignedBody) {
    refuseUnknownOptions(`${where}: unsignedBody`, unsignedBody, ['reason']);
    requireThat(where, unsignedBody.reason.trim() !== '', 'unsignedBody must give its reason');
  }
  if (typeof content !== 'string') {
    refuseUnknownOptions(`${where}: content`, content, ['named']);
    oneOf(`${where}: content.named`, content.named, namedContents);
    return;
  }
  for (const { name, of, written } of placeholdersOf(content)) {
    oneOf(`${where}: placeholder`, name, placeholders);
    if (name === 'header' || name === 'signedHeaders') checkHeaders(`${where}: ${written}`, of);
    else if (name === 'field') checkField(`${where}: ${written}`, of);
    else requireThat(where, of === '', `${written} names nothing after a colon`);
  }
  requireThat(where, content.lastIndexOf('{secret}') <= 0, '{secret} stands at the beginning of the content');
  const holds = (...names: string[]) => holdsPlaceholder(content, ...names);
  requireThat(
    where,
    holds('body', 'form') !== Boolean(unsignedBody),
    unsignedBody
      ? 'unsignedBody: the body is signed'
      : 'the body must be part of the content, or unsignedBody gives a reason',
  );
  requireThat(where, !holds('timestamp') || timestamp !== undefined, '{timestamp} needs a timestamp');
  requireThat(where, !holds('id') || id !== undefined, '{id} needs id.header');
  const isCovered =
    holds('timestamp', 'signedHeaders') || (timestamp && 'field' in timestamp.from && holds('body'));
  requireThat(
    where,
    !timestamp || Boolean(isCovered),
    'a timestamp outside the signed content protects nothing',
  );
  checkBorders(where, content, timestamp?.format);
}

function checkTimestamp(where: string, scheme: SignedScheme, rule: TimestampRule): void {
  refuseUnknownOptions(`${where}: timestamp`, rule, ['from', 'format', 'toleranceSeconds']);
  refuseUnknownOptions(`${where}: timestamp.from`, rule.from, ['header', 'element', 'field']);
  oneOf(`${where}: timestamp.format`, rule.format, ['seconds', 'milliseconds', 'rfc3339', 'http-date']);
  if ('header' in rule.from) checkHeaders(`${where}: timestamp`, rule.from.header);
  if ('field' in rule.from) checkField(`${where}: timestamp`, rule.from.field);
  requireThat(
    where,
    !('element' in rule.from) || Boolean(scheme.signature?.elements),
    'timestamp.from.element needs a signature that is a list',
  );
  checkTolerance(where, rule.toleranceSeconds);
}

function checkCertificate(where: string, { from, urls }: CertificateRule): void {
  checkPlace(`${where}: certificate.from`, from, { isQueryAllowed: false });
  checkPins(`${where}: certificate`, urls);
}

function checkPins(where: string, urls: readonly string[]): void {
  requireThat(where, urls.length > 0, 'urls must name at least one address');
  const [unsafe] = unsafePins(urls);
  requireThat(where, unsafe === undefined, `"${unsafe}" must be https:// with a complete host and a path`);
}

/** Every topic of Amazon SNS is signed with the same keys, and anyone may have one. */
function checkExpectations(where: string, { content, expects = [] }: SignedScheme): void {
  for (const expectation of expects) {
    refuseUnknownOptions(`${where}: expects`, expectation, ['field', 'is']);
    checkField(`${where}: expects`, expectation.field);
    requireThat(where, expectation.is.length > 0, 'expects.is must name at least one value');
  }
  const isSns = typeof content !== 'string' && content.named === 'aws-sns';
  requireThat(
    where,
    !isSns || expects.some(({ field }) => field === '/TopicArn'),
    'content aws-sns: expects must name your topics at /TopicArn, because anyone can have a topic that Amazon signs',
  );
}
