import { fittedTable } from '../demo/fitted-table.ts';
import type { EndedBatch } from './redeliver-all.ts';
import type { Survey } from './survey.ts';
import type { End } from './walk.ts';

const batchesShown = 50;

/** The first batches in the order of their stream, each with its end. */
export function batchesTable(ended: readonly EndedBatch[]): string {
  const rows = ended
    .slice(0, batchesShown)
    .map(({ place, end }) => [
      place.stream,
      place.shard,
      String(place.count),
      place.since,
      place.undeliveredSince,
      place.condition,
      end,
    ]);
  const columns = ['stream', 'shard', 'records', 'since', 'undelivered since', 'why', 'end'];
  const table = fittedTable({ columns, numeric: new Set(['records']), rows });
  const more = ended.length - batchesShown;
  return more > 0 ? `${table}\nand ${more} more` : table;
}

/** The ends, each with how many batches have it and what it means. */
export function endsTable(ended: readonly EndedBatch[]): string {
  const known = (Object.keys(meanings) as End[]).filter(end => ended.some(each => each.end === end));
  const rows = known.map(end => {
    const those = ended.filter(each => each.end === end);
    return [end, String(those.length), String(recordsIn(those)), meanings[end]];
  });
  const columns = ['end', 'batches', 'records', 'meaning'];
  return fittedTable({ columns, numeric: new Set(['batches', 'records']), rows });
}

/** What stopped, where, and what to do. */
export function stopLines(ended: readonly EndedBatch[], { unreadable }: Survey): string[] {
  const stopped = ended.flatMap(({ place, why }) =>
    why === undefined ? [] : [`${place.stream} ${place.shard}: ${why}. Object: ${place.object}`],
  );
  const foreign = unreadable.map(
    ({ object, why }) =>
      `${object} was not written by Lambda (${why}) and blocks its shard. Check it and move it away.`,
  );
  return [...stopped, ...foreign];
}

export const recordsIn = (ended: readonly EndedBatch[]): number =>
  ended.reduce((sum, { place }) => sum + place.count, 0);

const meanings: Readonly<Record<End, string>> = {
  waiting: 'would be delivered',
  delivered: 'delivered; its object is deleted',
  repeat: 'earlier batches hold all its records; not delivered again, its object is deleted',
  gone: 'somebody moved or deleted its object meanwhile; nothing done',
  stopped: 'not delivered, or only in part; stays',
  blocked: 'must not overtake a batch that stays; stays',
  unreached: 'the command was interrupted before it; stays',
};
