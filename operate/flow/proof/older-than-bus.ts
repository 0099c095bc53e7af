import type { MadeEvent } from '#shared/core/audit/proof-question.ts';
import { keysOf } from '../../core/bus-log/log-range.ts';
import { aggregateIn, aggregateOf } from '../../core/proof/aggregate.ts';
import type { Objects } from '../../ports.ts';
import { logLines, logObjects } from '../read-log.ts';

/** Those of these events that are older than an event of the same aggregate that is on the bus. */
export async function olderThanBus(
  objects: Objects,
  events: readonly MadeEvent[],
  range: { readonly from: string; readonly to: string },
): Promise<ReadonlySet<MadeEvent>> {
  const older = new Set<MadeEvent>();
  if (events.length === 0) return older;
  const newest = new Map(events.map(event => [aggregateOf(event), '']));
  for await (const object of logObjects(objects, keysOf(range)))
    for await (const line of logLines(objects, object)) {
      const found = aggregateIn(line);
      const before = found && newest.get(found.aggregate);
      if (found && before !== undefined && before < found.sequence)
        newest.set(found.aggregate, found.sequence);
    }
  for (const event of events) if (event.sequence < (newest.get(aggregateOf(event)) ?? '')) older.add(event);
  return older;
}
