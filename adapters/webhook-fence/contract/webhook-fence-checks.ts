import { checkContractBase } from '#shared/contract/contract-base.ts';
import { limits } from '#shared/contract/limits.ts';
import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import { checkContentTypes } from './content-type.ts';
import { checkListing } from './provider-listing-checks.ts';
import { checkAddresses } from './webhook-addresses.ts';
import { checkAnswers } from './webhook-answers.ts';
import type { WebhookFence } from './webhook-fence.ts';
import { checkAccepts, checkPointer, checkSkip } from './webhook-rule-checks.ts';
import { providers } from './webhook-scheme.ts';
import { checkScheme } from './webhook-scheme-checks.ts';
import { checkFenceTenant } from './webhook-tenant-checks.ts';
import { isNamedById, replayDaysMin, type SchemeTraits, traitsOf } from './webhook-traits.ts';

/** Every promise of a webhook fence that types cannot hold. @throws ContractError */
export function checkWebhookFence(where: string, fence: WebhookFence): void {
  checkContractBase(where, fence);
  checkOptions(where, fence);
  checkAnswers(where, fence.answers);
  if (typeof fence.scheme !== 'string') checkScheme(fence.scheme);
  else
    requireThat(
      where,
      providers.includes(fence.scheme),
      `scheme "${fence.scheme}" is not one of ${providers.join(', ')}`,
    );
  checkRoute(where, fence);
  const traits = traitsOf(fence.scheme);
  checkFenceTenant(where, fence, traits);
  checkUrl(where, fence, traits);
  requireThat(
    where,
    (fence.body === 'json' && fence.formField === undefined) || !traits.jsonOnly,
    "body 'form' or formField: a form could be forged from what the scheme signs (an address beside the body, a hash of the secret and the body, or the text of a handshake); only JSON can be told from it",
  );
  checkIdempotency(where, fence, traits);
  checkAccepts(where, fence);
  for (const skip of fence.skips) checkSkip(where, fence, skip);
  checkBounds(where, fence, traits);
  checkContentTypes(where, fence.contentTypes);
  requireThat(
    where,
    fence.formField === undefined || (fence.body === 'json' && fence.formField !== ''),
    "formField names the field of a form that holds the JSON; it goes with body 'json'",
  );
  if (fence.allowFrom) checkAddresses(where, fence.allowFrom);
  if (fence.listing) checkListing(where, fence, fence.listing);
}

function checkOptions(where: string, fence: WebhookFence): void {
  refuseUnknownOptions(`${where}: secrets`, fence.secrets, ['rotationDays', 'sharedByTenants']);
  refuseUnknownOptions(`${where}: idempotency`, fence.idempotency, ['key', 'otherwise', 'trustUnsignedId']);
  refuseUnknownOptions(`${where}: throttle`, fence.throttle, ['ratePerSecond', 'burst']);
  refuseUnknownOptions(`${where}: tenantQuota`, fence.tenantQuota ?? {}, ['requests', 'perSeconds']);
  refuseUnknownOptions(`${where}: rejects`, fence.rejects, ['anHour', 'keptDays']);
  for (const rule of fence.accepts)
    refuseUnknownOptions(`${where}: accepts`, rule, ['when', 'schema', 'events', 'map']);
  for (const skip of fence.skips) refuseUnknownOptions(`${where}: skips`, skip, ['reason', 'when']);
  requireThat(where, fence.body === 'json' || fence.body === 'form', "body must be 'json' or 'form'");
}

function checkRoute(where: string, { route }: WebhookFence): void {
  requireThat(
    where,
    /^(?:\/[a-z0-9][a-z0-9._-]*)+$/.test(route.replace('{tenant}', 'tenant')),
    'route must be a path of lower-case letters, digits, dots, hyphens and underscores, such as /webhooks/acme',
  );
  requireThat(
    where,
    !/\/status(?:\/|$)/.test(route),
    'route may hold no segment "status": it is where deliveries are asked after',
  );
}

function checkUrl(where: string, { url }: WebhookFence, { signsUrl, digestsUrl }: SchemeTraits): void {
  const isNeeded = signsUrl || digestsUrl;
  requireThat(
    where,
    isNeeded === (url !== undefined),
    isNeeded
      ? 'url must name the address as the partner calls it: the scheme signs it'
      : 'url is of no use: the scheme does not sign the address',
  );
  requireThat(
    where,
    url === undefined || /^https:\/\/[^?#\s]+$/.test(url),
    'url must be https://… without query or fragment',
  );
}

function checkIdempotency(where: string, fence: WebhookFence, traits: SchemeTraits): void {
  const { key } = fence.idempotency;
  if (key === 'delivery-id')
    requireThat(
      where,
      traits.id !== 'none',
      "idempotency.key 'delivery-id': the scheme has no id header; name {bodyField} or 'content'",
    );
  else if (key !== 'content') {
    refuseUnknownOptions(`${where}: idempotency.key`, key, ['bodyField']);
    checkPointer(`${where}: idempotency.key.bodyField`, fence, key.bodyField);
    requireThat(where, isFirm(traits, key.bodyField), `idempotency.key {bodyField}: ${looseFields}`);
  }
  checkTrust(where, fence, traits);
  checkOtherwise(where, fence, traits);
  if (fence.payloadHash === 'body') return;
  refuseUnknownOptions(`${where}: payloadHash`, fence.payloadHash, ['fields']);
  requireThat(where, fence.payloadHash.fields.length > 0, 'payloadHash.fields must name at least one');
  for (const field of fence.payloadHash.fields) checkPointer(`${where}: payloadHash.fields`, fence, field);
  const areFirm = fence.payloadHash.fields.every(field => isFirm(traits, field));
  requireThat(where, areFirm, `payloadHash.fields: ${looseFields}`);
}

function checkTrust(where: string, { idempotency }: WebhookFence, { id, covers }: SchemeTraits): void {
  const { key, trustUnsignedId } = idempotency;
  if (trustUnsignedId === undefined) return;
  const option = 'idempotency.trustUnsignedId';
  refuseUnknownOptions(`${where}: ${option}`, trustUnsignedId, ['reason']);
  requireThat(where, trustUnsignedId.reason.trim() !== '', `${option} must give its reason`);
  requireThat(
    where,
    key === 'delivery-id' && id === 'unsigned' && covers !== 'sender',
    `${option} is of no use: it is for key 'delivery-id' and a scheme that signs the body without the id header`,
  );
}

function checkOtherwise(where: string, fence: WebhookFence, { id }: SchemeTraits): void {
  const { otherwise } = fence.idempotency;
  if (otherwise === undefined) return;
  const option = 'idempotency.otherwise';
  requireThat(
    where,
    isNamedById(fence) && id !== 'signed',
    `${option} is of no use: it is for key 'delivery-id' and an id header that names deliveries without being signed`,
  );
  if (otherwise === 'content') return;
  refuseUnknownOptions(`${where}: ${option}`, otherwise, ['header']);
  requireThat(
    where,
    /^[a-z0-9][a-z0-9-]*$/.test(otherwise.header),
    `${option}.header must be a header's name in lower case`,
  );
}

/** A form's names and values are signed without borders, and of Adyen's fields some are not signed at all. */
const isFirm = ({ covers, signedFields }: SchemeTraits, field: string): boolean =>
  covers === 'body' || covers === 'sender' || signedFields.includes(field);

const looseFields =
  "the signature does not fix each field, so that one genuine request could be made into another delivery; name it by 'delivery-id' or 'content'";

function checkBounds(where: string, fence: WebhookFence, traits: SchemeTraits): void {
  const { throttle, tenantQuota, secrets, rejects, maxConcurrency } = fence;
  const whole = (option: string, value: number, range: Range = { min: 1 }) =>
    requireThat(where, isIn(range, value), `${option} must be a whole number ${inWords(range)}`);
  whole('bodyBytesMax', fence.bodyBytesMax, { min: 1, max: limits.webhookBodyBytesMax });
  const replayDays = { min: replayDaysMin(traits), max: limits.replayHorizonDaysMax };
  whole('replayHorizonDays', fence.replayHorizonDays, replayDays);
  whole('retentionDays', fence.retentionDays, { min: fence.replayHorizonDays });
  whole('rejects.anHour', rejects.anHour, { min: 1, max: limits.rejectsAnHourMax });
  // After the replay horizon no reject can be released, so none is kept: it has signatures in it.
  whole('rejects.keptDays', rejects.keptDays, {
    min: 1,
    max: Math.min(limits.rejectsKeptDays, fence.replayHorizonDays),
  });
  whole('throttle.ratePerSecond', throttle.ratePerSecond);
  whole('throttle.burst', throttle.burst);
  if (tenantQuota) {
    whole('tenantQuota.requests', tenantQuota.requests);
    whole('tenantQuota.perSeconds', tenantQuota.perSeconds, { min: 1, max: limits.secondsADay });
  }
  if (secrets.rotationDays !== undefined) whole('secrets.rotationDays', secrets.rotationDays);
  whole('maxConcurrency', maxConcurrency);
}

interface Range {
  readonly min: number;
  readonly max?: number;
}

const isIn = ({ min, max = Number.MAX_SAFE_INTEGER }: Range, value: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

const inWords = ({ min, max }: Range): string =>
  max === undefined ? `from ${min}` : `from ${min} to ${max}`;
