import { detailsIn } from '#shared/core/envelope/batch-form.ts';

/**
 * A record of the bus log, as lines of one event each: a batch becomes as many lines as it has events, each as the bus would have
 * delivered the event alone. Everything that reads the bus log reads such lines.
 */
export function eventLinesOf(record: string): readonly string[] {
  // `detail` is the last member, and a quote within a text is escaped, so that this name is the member's.
  const begin = record.indexOf(member);
  if (begin < 0) return [record];
  const start = begin + member.length;
  const end = record.lastIndexOf('}');
  const frame = record.slice(0, start);
  return detailsIn(record.slice(start, end)).map(detail => `${frame}${detail}}`);
}

const member = '"detail":';
