import {
  recordName,
  type UndeliveredBatch,
  type UndeliveredRecord,
} from '#adapters/cdc-feed/core/undelivered/undelivered-batch.ts';
import type { CountedUnit } from '../../core/plan/count-units.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { Counts } from '../../core/sum-counts.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { deliverRecords } from './deliver-records.ts';
import { EndedRecords } from './ended-records.ts';
import type { JointPage, PlanKind, Selection, UnitEnd } from './plan-kind.ts';
import { type ChosenRecords, RedeliveryWalk } from './redelivery-walk.ts';
import { readBatch, surveyUndelivered } from './undelivered-batches.ts';

type Asked = Selection<FilterOf<'redeliver'>>;

/**
 * Undelivered records of a feed, batch by batch in the order of their stream: its function takes them as if the stream brought them. Those
 * that ended are taken out of their object. A record that ended and was not taken out, as after a crash, is delivered again, under the same
 * ids. A job that goes on looks at all that is left from the beginning.
 */
export const redeliver: PlanKind<FilterOf<'redeliver'>> = { isInOrder: true, select };

async function* select(ports: JobPorts, asked: Asked): AsyncGenerator<JointPage> {
  const { integration } = asked;
  const { batches, unreadable, more } = await surveyUndelivered(ports.objects, integration);
  const walk = new RedeliveryWalk(unreadable);
  const ended = new EndedRecords(ports, integration, batches);
  try {
    for (const place of batches) {
      const batch = await readBatch(ports.objects, integration, place);
      if (batch) yield* pagesOf({ ports, asked, walk, ended }, batch);
    }
    const left: Counts = { ...(unreadable.length > 0 && { unreadable: unreadable.length }) };
    yield { units: [], performAll: async () => [], left, more };
  } finally {
    if (isRunning(asked)) {
      await ended.flush();
      await ports.redelivery.sweepNotices(integration);
    }
  }
}

const isRunning = ({ plan }: Asked): boolean => plan.state === 'running';

interface Redelivering {
  readonly ports: JobPorts;
  readonly asked: Asked;
  readonly walk: RedeliveryWalk;
  readonly ended: EndedRecords;
}

/** One page, or none where the plan asks for nothing of the batch. */
async function* pagesOf(work: Redelivering, batch: UndeliveredBatch): AsyncGenerator<JointPage> {
  const { asked, walk } = work;
  const chosen = walk.choose(batch, record => isAskedFor(asked, batch, record));
  const { records, repeats, blocked } = chosen;
  // In a count, as if all of them were delivered.
  let ended: readonly UndeliveredRecord[] = isRunning(asked) ? [] : records;
  if (records.length > 0 || blocked > 0)
    yield {
      units: records.map(record => unitOf(batch, record, repeats.has(record))),
      part: `${batch.stream} ${batch.shard}`,
      ...(blocked > 0 && { left: { blocked } }),
      async performAll(units) {
        const ends = await perform(work, batch, { chosen, units });
        ended = records.filter(record => ends.get(recordName(batch, record))?.kind === 'done');
        await work.ended.take(batch, ended);
        return units.map(({ id }) => ends.get(id));
      },
    };
  walk.pass(batch, chosen, ended);
}

/** What became undelivered after the plan was made does not belong to it. */
function isAskedFor(
  { filter: { from, to, shard }, until }: Asked,
  batch: UndeliveredBatch,
  { arrivedAt }: UndeliveredRecord,
): boolean {
  return (
    Date.parse(batch.undeliveredSince) <= until &&
    (shard === undefined || batch.shard === shard) &&
    (from === undefined || arrivedAt >= Date.parse(from)) &&
    (to === undefined || arrivedAt < Date.parse(to))
  );
}

const unitOf = (batch: UndeliveredBatch, record: UndeliveredRecord, isRepeat: boolean): CountedUnit => ({
  id: recordName(batch, record),
  about: `${batch.stream} ${batch.shard}: record ${record.id} of ${new Date(record.arrivedAt).toISOString().slice(0, 19)}, ${batch.condition}`,
  isRepeat,
});

/** How units of a batch ended, by their ids. Those that wait behind a record that stopped have no end. */
async function perform(
  { ports, asked }: Redelivering,
  batch: UndeliveredBatch,
  { chosen, units }: { readonly chosen: ChosenRecords; readonly units: readonly CountedUnit[] },
): Promise<ReadonlyMap<string, UnitEnd>> {
  const wanted = new Set(units.map(({ id }) => id));
  const given = chosen.records.filter(record => wanted.has(recordName(batch, record)));
  const repeats = given.filter(record => chosen.repeats.has(record));
  const records = given.filter(record => !chosen.repeats.has(record));
  const { ended, stop } = await deliverRecords(ports.redelivery, asked.integration, { batch, records });
  const ends = new Map<string, UnitEnd>(
    [...repeats, ...ended].map(record => [recordName(batch, record), { kind: 'done' }]),
  );
  const stopped = records[ended.length];
  if (stop && stopped)
    ends.set(recordName(batch, stopped), {
      kind: stop.isDisabled ? 'open' : 'failed',
      reason: stop.reason,
    });
  return ends;
}
