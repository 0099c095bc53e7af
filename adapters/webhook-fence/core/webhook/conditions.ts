import type { Condition, When } from '../../contract/webhook-delivery.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { readField } from './payload.ts';

export const conditionsOf = (when: When | undefined): readonly Condition[] => {
  if (when === undefined) return [];
  return Array.isArray(when) ? (when as readonly Condition[]) : [when as Condition];
};

/** Whether all conditions hold. Numbers and booleans are compared as JSON writes them. */
export const holds = (
  fence: Pick<WebhookFence, 'body'>,
  when: When | undefined,
  payload: unknown,
  headers: Readonly<Record<string, string>>,
): boolean =>
  conditionsOf(when).every(condition => {
    const found =
      'field' in condition ? readField(fence, payload, condition.field) : headers[condition.header];
    const isPlain = typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean';
    return isPlain && [condition.is].flat().includes(String(found));
  });

/** Headers that conditions ask for, once each and in order. */
export function headersAsked({ accepts, skips }: Pick<WebhookFence, 'accepts' | 'skips'>): readonly string[] {
  const conditions = [...accepts, ...skips].flatMap(({ when }) =>
    when === 'otherwise' ? [] : conditionsOf(when),
  );
  const names = conditions.flatMap(condition => ('header' in condition ? condition.header : []));
  return [...new Set(names)].sort();
}
