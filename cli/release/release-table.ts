import Table from 'cli-table3';
import type { ReleaseSummary } from './release-all.ts';

const releasedShown = 50;

/** How the rejects ended, or would end, with the meaning of each end. */
export function endsTable({ ends }: Pick<ReleaseSummary, 'ends'>): string {
  const table = new Table({
    head: ['end', 'rejects', 'meaning'],
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  const known = Object.entries(ends).sort(([a], [b]) => a.localeCompare(b));
  for (const [end, count] of known) table.push([end, String(count), meaningOf(end)]);
  return table.toString();
}

/** The first released rejects, with how each ended. */
export function releasedTable({ released }: Pick<ReleaseSummary, 'released'>): string {
  const table = new Table({
    head: ['received', 'correlation id', 'end'],
    style: { head: [], border: [], compact: true },
  });
  for (const { receivedAt, correlationId, end, stale } of released.slice(0, releasedShown))
    table.push([receivedAt, correlationId, stale ? `${end} (stale)` : end]);
  const more = released.length - releasedShown;
  return more > 0 ? `${table}\nand ${more} more, all in the record` : table.toString();
}

const meanings: Readonly<Record<string, string>> = {
  verified: 'would be released',
  stale: 'would be released: only the time of the signature is wrong',
  published: 'released',
  skipped: 'released; a rule of the contract skips it',
  quarantined: 'released, but quarantined: see the quarantine bucket',
  duplicate: 'was delivered or released before; nothing was done',
  spilled: 'released; the bus does not accept it yet, the drain will publish it',
  CONTENT_TYPE: 'verified, but the contract does not accept its content type; stays',
  CONTENT_ENCODING: 'verified, but its content encoding cannot be read; stays',
  BODY_TOO_LARGE: 'verified, but larger than the contract allows; stays',
  NO_DELIVERY_ID: 'verified, but nothing names the delivery; stays',
  TIMESTAMP_TOO_OLD: 'verified, but signed too long before it arrived; stays without --stale',
  TIMESTAMP_IN_FUTURE: 'verified, but signed for a later time; stays without --stale',
  handshake: 'not a delivery; stays',
  failed: 'could not be read or accepted now; stays, release again',
  missing: 'was not kept, or has expired',
  'past the replay horizon': 'too old to know whether it was published since; stays',
};

/** Any other end is the reason why the signature is not valid. */
const meaningOf = (end: string): string => meanings[end] ?? 'not verified by the current keys; stays';
