import type { EventContract } from './define-event.ts';
import type { WebhookFence } from './define-webhook-fence.ts';
import { limits } from './limits.ts';
import { ContractError, refuseUnknownOptions } from './options.ts';
import { checkTenant, checkTreaty } from './treaty.ts';
import { checkAddresses } from './webhook-addresses.ts';
import type { Condition, DeliverySkip, When } from './webhook-delivery.ts';
import { providers } from './webhook-scheme.ts';
import { checkScheme } from './webhook-scheme-checks.ts';
import { replayDaysMin, type SchemeTraits, traitsOf } from './webhook-traits.ts';

/** Every promise of a webhook fence that types cannot hold. @throws ContractError */
export function checkWebhookFence(where: string, fence: WebhookFence): void {
  checkTreaty(where, fence);
  const { tenant } = fence;
  checkTenant(where, tenant, 'from' in tenant ? [tenant.from] : []);
  if ('from' in tenant) checkPointer(where, fence, 'tenant.from', tenant.from);
  checkOptions(where, fence);
  if (typeof fence.scheme !== 'string') checkScheme(fence.scheme);
  else
    require(where, providers.includes(
      fence.scheme,
    ), `scheme "${fence.scheme}" is not one of ${providers.join(', ')}`);
  checkRoute(where, fence);
  const traits = traitsOf(fence.scheme);
  checkUrl(where, fence, traits);
  checkIdempotency(where, fence, traits);
  checkAccepts(where, fence);
  for (const skip of fence.skips) checkSkip(where, fence, skip);
  checkBounds(where, fence, traits);
  if (fence.allowFrom) checkAddresses(where, fence.allowFrom);
}

function checkOptions(where: string, fence: WebhookFence): void {
  refuseUnknownOptions(
    `${where}: tenant`,
    fence.tenant,
    'from' in fence.tenant ? ['from', 'allowed'] : ['constant'],
  );
  refuseUnknownOptions(`${where}: secrets`, fence.secrets, ['rotationDays']);
  refuseUnknownOptions(`${where}: idempotency`, fence.idempotency, ['key']);
  refuseUnknownOptions(`${where}: throttle`, fence.throttle, ['ratePerSecond', 'burst']);
  refuseUnknownOptions(`${where}: tenantQuota`, fence.tenantQuota ?? {}, ['requests', 'perSeconds']);
  for (const rule of fence.accepts)
    refuseUnknownOptions(`${where}: accepts`, rule, ['when', 'schema', 'events', 'map']);
  for (const skip of fence.skips) refuseUnknownOptions(`${where}: skips`, skip, ['reason', 'when']);
  require(where, fence.body === 'json' || fence.body === 'form', "body must be 'json' or 'form'");
  require(where, [202, 422].includes(fence.onInvalidPayload), 'onInvalidPayload must be 202 or 422');
  require(where, [202, 409].includes(fence.onConflict), 'onConflict must be 409 or 202');
}

function checkRoute(where: string, { route }: WebhookFence): void {
  require(where, /^(?:\/[a-z0-9][a-z0-9._-]*)+$/.test(
    route,
  ), 'route must be a path of lower-case letters, digits, dots, hyphens and underscores, such as /webhooks/acme');
  require(where, !/\/status(?:\/|$)/.test(
    route,
  ), 'route may hold no segment "status": it is where deliveries are asked after');
}

function checkUrl(where: string, { url }: WebhookFence, { signsUrl }: SchemeTraits): void {
  require(where, signsUrl === (url !== undefined), signsUrl
    ? 'url must name the address as the partner calls it: the scheme signs it'
    : 'url is of no use: the scheme does not sign the address');
  require(where, url === undefined ||
    /^https:\/\/[^?#\s]+$/.test(url), 'url must be https://… without query or fragment');
}

function checkIdempotency(where: string, fence: WebhookFence, traits: SchemeTraits): void {
  const { key } = fence.idempotency;
  if (key === 'delivery-id')
    require(where, traits.id !==
      'none', "idempotency.key 'delivery-id': the scheme has no id header; name {bodyField} or 'content'");
  else if (key !== 'content') {
    refuseUnknownOptions(`${where}: idempotency.key`, key, ['bodyField']);
    checkPointer(where, fence, 'idempotency.key.bodyField', key.bodyField);
  }
  if (fence.payloadHash === 'body') return;
  refuseUnknownOptions(`${where}: payloadHash`, fence.payloadHash, ['fields']);
  require(where, fence.payloadHash.fields.length > 0, 'payloadHash.fields must name at least one');
  for (const field of fence.payloadHash.fields) checkPointer(where, fence, 'payloadHash.fields', field);
}

function checkAccepts(where: string, fence: WebhookFence): void {
  require(where, fence.accepts.length > 0, 'accepts must hold at least one rule');
  if (fence.sequenceFrom !== undefined) checkPointer(where, fence, 'sequenceFrom', fence.sequenceFrom);
  for (const [i, rule] of fence.accepts.entries()) {
    require(where, rule.events.length > 0, `accepts[${i}].events must name at least one event`);
    for (const event of rule.events) checkEvent(where, event);
    if (rule.when) checkWhen(where, fence, rule.when);
    const isLast = i === fence.accepts.length - 1;
    require(where, rule.when !== undefined ||
      isLast, `accepts[${i}] has no when, so the rules after it are never asked`);
  }
}

/** What a partner saw, or what it asks for. `created` and its like say that something of ours changed, which no callback may. */
const observations = ['updated', 'published', 'confirmed', 'failed'];
const commands = ['requested'];

function checkEvent(where: string, { type, category, name }: EventContract): void {
  const allowed = category === 'fact' ? observations : category === 'process' ? commands : [];
  require(where, allowed.includes(
    name,
  ), `${type} states a change; a callback is an observation (fact: ${observations.join(', ')}) or a command (process: ${commands.join(', ')})`);
}

function checkSkip(where: string, fence: WebhookFence, { reason, when }: DeliverySkip): void {
  require(where, reason.trim() !== '', 'a skip must give its reason');
  if (when !== 'otherwise') checkWhen(where, fence, when);
}

function checkWhen(where: string, fence: WebhookFence, when: When): void {
  const conditions = Array.isArray(when) ? (when as readonly Condition[]) : [when as Condition];
  require(where, conditions.length > 0, 'when must hold at least one condition');
  for (const condition of conditions) {
    const by = 'header' in condition ? 'header' : 'field';
    refuseUnknownOptions(`${where}: when`, condition, [by, 'is']);
    if ('field' in condition) checkPointer(where, fence, 'when.field', condition.field);
    else
      require(where, /^[a-z0-9][a-z0-9-]*$/.test(
        condition.header,
      ), `when.header "${condition.header}" must be in lower case`);
    require(where, condition.is.length > 0, 'when.is must name at least one value');
  }
}

function checkPointer(where: string, { body }: WebhookFence, option: string, pointer: string): void {
  const isOne = body === 'json' ? /^(?:\/(?:[^~/]|~[01])+)+$/.test(pointer) : /^[^/]+$/.test(pointer);
  require(where, isOne, `${option} "${pointer}" must be ${body === 'json' ? 'a JSON pointer such as /data/id' : 'the name of a form field'}`);
}

function checkBounds(where: string, fence: WebhookFence, traits: SchemeTraits): void {
  const { throttle, tenantQuota, secrets, maxConcurrency } = fence;
  wholeFrom(where, 'bodyBytesMax', fence.bodyBytesMax, 1, limits.webhookBodyBytesMax);
  const daysMin = replayDaysMin(traits);
  wholeFrom(where, 'replayHorizonDays', fence.replayHorizonDays, daysMin, limits.replayHorizonDaysMax);
  wholeFrom(where, 'retentionDays', fence.retentionDays, fence.replayHorizonDays);
  wholeFrom(where, 'throttle.ratePerSecond', throttle.ratePerSecond, 1);
  wholeFrom(where, 'throttle.burst', throttle.burst, 1);
  if (tenantQuota) {
    wholeFrom(where, 'tenantQuota.requests', tenantQuota.requests, 1);
    wholeFrom(where, 'tenantQuota.perSeconds', tenantQuota.perSeconds, 1, limits.secondsADay);
  }
  if (secrets.rotationDays !== undefined) wholeFrom(where, 'secrets.rotationDays', secrets.rotationDays, 1);
  if (maxConcurrency !== undefined) wholeFrom(where, 'maxConcurrency', maxConcurrency, 1);
}

function wholeFrom(
  where: string,
  option: string,
  value: number,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): void {
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
  require(where, Number.isInteger(value) &&
    value >= min &&
    value <= max, `${option} must be a whole number ${range}`);
}

function require(where: string, holds: boolean, message: string): asserts holds {
  if (!holds) throw new ContractError(`${where}: ${message}`);
}
