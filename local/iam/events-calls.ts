import { arn } from '../aws-names.ts';
import { busName } from '../events/put-events.ts';
import type { Call } from './decide.ts';
import { type JsonInput, listOr } from './json-input.ts';

/** A request is decided by all of its entries for one bus together: their sources and detail types are many values. */
export const eventsCalls =
  (region: string) =>
  (operation: string, input: JsonInput): readonly Call[] => {
    const action = `events:${operation}`;
    const entries = listOr(input.Entries);
    const buses = new Set(entries.map(entry => busName(String(entry.EventBusName ?? 'default'))));
    if (buses.size === 0) return [{ action, resource: '*' }];
    return [...buses].map(bus => {
      const own = entries.filter(entry => busName(String(entry.EventBusName ?? 'default')) === bus);
      return { action, resource: arn('events', region, `event-bus/${bus}`), context: contextOf(own) };
    });
  };

function contextOf(entries: readonly JsonInput[]): Record<string, string[]> {
  const context: Record<string, string[]> = {};
  for (const [key, name] of [
    ['events:source', 'Source'] as const,
    ['events:detail-type', 'DetailType'] as const,
  ]) {
    const values = entries.flatMap(entry => (entry[name] === undefined ? [] : [String(entry[name])]));
    if (values.length > 0) context[key] = values;
  }
  return context;
}
