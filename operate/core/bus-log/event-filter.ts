import type { LoggedEvent } from './logged-event.ts';

/** Which events are asked for: those that have all that is named. */
export interface EventFilter {
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly correlationid?: string | undefined;
  readonly integration?: string | undefined;
  /** ISO 8601 UTC: when the bus took it; the end is exclusive. */
  readonly from: string;
  readonly to: string;
}

const attributes = ['id', 'type', 'subject', 'correlationid', 'integration'] as const;

export const isAskedFor = (event: LoggedEvent, filter: EventFilter): boolean =>
  attributes.every(name => filter[name] === undefined || event[name] === filter[name]) &&
  filter.from <= precise(event.publishedAt) &&
  precise(event.publishedAt) < filter.to;

/** With milliseconds, so that times compare as text. */
const precise = (time: string): string => time.replace(/(:\d\d)Z$/, '$1.000Z');

/**
 * Whether a line may be of an event that is asked for: a look at the text, which costs a tenth of reading it. Text that JSON writes
 * with escapes is not looked for.
 */
export function mayBeAskedFor(line: string, filter: EventFilter): boolean {
  return attributes.every(name => {
    const text = filter[name];
    return text === undefined || !plain.test(text) || line.includes(text);
  });
}

const plain = /^[\w.\-#:]*$/;
