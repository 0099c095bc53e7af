import type { EventContract } from '#shared/contract/define-event.ts';
import { ContractError, refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import { isJsonPointer } from './json-pointer.ts';
import type { Condition, DeliverySkip, When } from './webhook-delivery.ts';
import type { WebhookFence } from './webhook-fence.ts';

/** @throws ContractError */
export function checkAccepts(where: string, fence: WebhookFence): void {
  requireThat(where, fence.accepts.length > 0, 'accepts must hold at least one rule');
  if (fence.sequenceFrom !== undefined) checkPointer(`${where}: sequenceFrom`, fence, fence.sequenceFrom);
  for (const [i, rule] of fence.accepts.entries()) {
    requireThat(where, rule.events.length > 0, `accepts[${i}].events must name at least one event`);
    for (const event of rule.events) checkEvent(where, event);
    if (rule.when) checkWhen(where, fence, rule.when);
    const isLast = i === fence.accepts.length - 1;
    requireThat(
      where,
      rule.when !== undefined || isLast,
      `accepts[${i}] has no when, so the rules after it are never asked`,
    );
  }
}

/** What a partner saw, or what it asks for. `created` and its like say that something of ours changed, which no callback may. */
const observations = ['updated', 'published', 'confirmed', 'failed'];
const commands = ['requested'];

function checkEvent(where: string, { type, category, name }: EventContract): void {
  const allowed = category === 'fact' ? observations : category === 'process' ? commands : [];
  requireThat(
    where,
    allowed.includes(name),
    `${type} states a change; a callback is an observation (fact: ${observations.join(', ')}) or a command (process: ${commands.join(', ')})`,
  );
}

/** @throws ContractError */
export function checkSkip(where: string, fence: WebhookFence, { reason, when }: DeliverySkip): void {
  requireThat(where, reason.trim() !== '', 'a skip must give its reason');
  if (when !== 'otherwise') checkWhen(where, fence, when);
}

function checkWhen(where: string, fence: WebhookFence, when: When): void {
  const conditions = Array.isArray(when) ? (when as readonly Condition[]) : [when as Condition];
  requireThat(where, conditions.length > 0, 'when must hold at least one condition');
  for (const condition of conditions) {
    const by = 'header' in condition ? 'header' : 'field';
    refuseUnknownOptions(`${where}: when`, condition, [by, 'is']);
    if ('field' in condition) checkPointer(`${where}: when.field`, fence, condition.field);
    else
      requireThat(
        where,
        /^[a-z0-9][a-z0-9-]*$/.test(condition.header),
        `when.header "${condition.header}" must be in lower case`,
      );
    requireThat(where, condition.is.length > 0, 'when.is must name at least one value');
  }
}

/** Pointers into JSON, names into forms. `option`: what holds it. @throws ContractError */
export function checkPointer(option: string, { body }: WebhookFence, pointer: string): void {
  const isOne = body === 'json' ? isJsonPointer(pointer) : /^[^/]+$/.test(pointer);
  const wanted = body === 'json' ? 'a JSON pointer such as /data/id' : 'the name of a form field';
  if (!isOne) throw new ContractError(`${option} "${pointer}" must be ${wanted}`);
}
