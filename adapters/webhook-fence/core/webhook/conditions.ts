import type { Condition, When } from '../../contract/webhook-delivery.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { readField } from './payload.ts';

export const conditionsOf = (when: When | undefined): readonly Condition[] => {
  if (when === undefined) return [];
  return Array.isArray(when) ? (when as readonly Condition[]) : [when as Condition];
};

/** What conditions are about. */
export interface ConditionInput {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

/** Whether all conditions hold. Numbers and booleans are compared as JSON writes them. */
export const holds = (
  fence: Pick<WebhookFence, 'body'>,
  when: When | undefined,
  { headers, payload }: ConditionInput,
): boolean =>
  conditionsOf(when).every(condition => {
    const found =
      'field' in condition ? readField(fence, payload, condition.field) : headers[condition.header];
    const isPlain = typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean';
    return isPlain && [condition.is].flat().includes(String(found));
  });

/** Names of the headers that conditions use, once each and in order. */
export function headersAsked({ accepts, skips }: Pick<WebhookFence, 'accepts' | 'skips'>): readonly string[] {
  const conditions = [...accepts, ...skips].flatMap(({ when }) =>
    when === 'otherwise' ? [] : conditionsOf(when),
  );
  const names = conditions.flatMap(condition => ('header' in condition ? condition.header : []));
  return [...new Set(names)].sort();
}

/** Name and value of those of them that a request has, in the same order. */
export const askedHeaders = (
  fence: Pick<WebhookFence, 'accepts' | 'skips'>,
  headers: Readonly<Record<string, string>>,
): readonly (readonly [name: string, value: string])[] =>
  headersAsked(fence).flatMap(name => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
