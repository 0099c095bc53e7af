import { fittedTable } from '../demo/fitted-table.ts';
import type { EndedBatch } from './redeliver-all.ts';
import type { Survey } from './survey.ts';
import type { End } from './walk.ts';

const batchesShown = 50;

/** The first of the batches in the order of their stream, with how each ended. */
export function batchesTable(ended: readonly EndedBatch[]): string {
  const rows = ended
    .slice(0, batchesShown)
    .map(({ place, end }) => [
      place.stream,
      place.shard,
      String(place.count),
      place.since,
      place.givenUpAt,
      place.condition,
      end,
    ]);
  const columns = ['stream', 'shard', 'records', 'since', 'given up', 'why', 'end'];
  const table = fittedTable({ columns, numeric: new Set(['records']), rows });
  const more = ended.length - batchesShown;
  return more > 0 ? `${table}\nand ${more} more` : table;
}

/** How the batches ended, or would; each with what that means. */
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
    why === undefined ? [] : [`${place.stream} ${place.shard}: ${why}. It lies in ${place.object}`],
  );
  const strange = unreadable.map(
    ({ object, why }) =>
      `${object} is nothing that Lambda gave up (${why}), and holds back its shard: look at it, and take it away`,
  );
  return [...stopped, ...strange];
}

export const recordsIn = (ended: readonly EndedBatch[]): number =>
  ended.reduce((sum, { place }) => sum + place.count, 0);

const meanings: Readonly<Record<End, string>> = {
  waiting: 'would be delivered',
  delivered: 'delivered, and taken away',
  repeat: 'all its records are in batches before it: not delivered again, and taken away',
  gone: 'was taken away meanwhile: nothing done',
  stopped: 'not delivered, or only in part: stays',
  held: 'must not overtake what stays, of its shard or of a key: stays',
  left: 'was not come to before the command was interrupted: stays',
};
