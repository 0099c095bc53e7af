import pc from 'picocolors';
import type { FeedDescription } from '#local/cloud-description.ts';
import { type Outcome, outcomes } from '#shared/core/outcome/tally.ts';
import { fittedTable } from '../fitted-table.ts';
import type { FeedTally } from './feed-cloud.ts';
import type { FeedSample } from './feed-samples.ts';

/** One sample on its way, as the table shows it. */
export interface FeedLine {
  readonly feed: FeedDescription;
  readonly sample: FeedSample;
  tally?: FeedTally;
  milliseconds?: number;
  /** How it differs from what the sample says; undefined until all its records have an outcome. */
  differences?: readonly string[];
}

const columns = ['feed', 'from', 'changes', 'received', ...outcomes, 'books', 'time', 'as expected'];
const numeric = new Set<string>(['received', ...outcomes, 'time']);
const optional = new Set<string>(['duplicate', 'rejected', 'skipped', 'books']);

/** The table of what came of every feed's changes. */
export function feedTable(lines: readonly FeedLine[]): string {
  const inOrder = [...lines].sort((a, b) => a.feed.id.localeCompare(b.feed.id));
  return fittedTable({ columns, numeric, optional, rows: inOrder.map(cellsOf) });
}

function cellsOf({ feed, sample, tally, milliseconds, differences }: FeedLine): string[] {
  const counts = ['received', ...outcomes].map(name => (tally ? shown(tally, name as Outcome) : ''));
  return [
    feed.id,
    feed.source === feed.kind ? feed.kind : `${feed.source} on ${feed.kind}`,
    sample.name,
    ...counts,
    tally ? (balances(tally) ? 'balance' : pc.red('UNBALANCED')) : pc.dim('on the stream'),
    milliseconds === undefined ? '' : `${milliseconds} ms`,
    differences === undefined ? '' : differences.length === 0 ? pc.green('yes') : pc.red('no'),
  ];
}

function shown(tally: FeedTally, name: Outcome): string {
  const count = tally[name];
  if (count === 0) return pc.dim('0');
  return name === 'quarantined' ? pc.yellow(String(count)) : String(count);
}

const balances = (tally: FeedTally): boolean =>
  tally.received === outcomes.reduce((sum, outcome) => sum + tally[outcome], 0);
