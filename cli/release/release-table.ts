import Table from 'cli-table3';
import type { Release } from './release-all.ts';

const releasedShown = 50;

/** How the rejects ended, or would; each with what that means. */
export function endsTable({ ends }: Pick<Release, 'ends'>): string {
  const table = new Table({
    head: ['end', 'rejects', 'meaning'],
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  const known = Object.entries(ends).sort(([a], [b]) => a.localeCompare(b));
  for (const [end, count] of known) table.push([end, String(count), meaningOf(end)]);
  return table.toString();
}

/** The first of those released, with how each ended. */
export function releasedTable({ released }: Pick<Release, 'released'>): string {
  const table = new Table({
    head: ['received', 'correlation id', 'end'],
    style: { head: [], border: [], compact: true },
  });
  for (const { receivedAt, correlationId, end } of released.slice(0, releasedShown))
    table.push([receivedAt, correlationId, end]);
  const more = released.length - releasedShown;
  return more > 0 ? `${table}\nand ${more} more, all in the record` : table.toString();
}

const meanings: Readonly<Record<string, string>> = {
  verified: 'would be released',
  published: 'released',
  skipped: 'released, and no event by a rule of the contract',
  quarantined: 'released, and put aside: see the quarantine',
  duplicate: 'was delivered or released before: nothing done',
  spilled: 'released; the bus does not take it yet, the drain will publish it',
  rejected: 'proved now, but refused for another reason: stays',
  handshake: 'no delivery: stays',
  failed: 'could not be read or taken now: stays, release again',
  missing: 'was never kept, or no longer is',
  'past the replay horizon': 'too old to tell whether it was published since: stays',
};

/** Any other end is the reason why a signature is not believed. */
const meaningOf = (end: string): string => meanings[end] ?? 'not proved by the keys as they are now: stays';
