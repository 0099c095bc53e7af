import type { HighMark } from '#adapters/cdc-feed/core/feed/high-mark.ts';
import type { Seen } from '../shared/process.ts';

type IsMet = (seen: Seen) => boolean;

/** Rare branches of the feed, by what its ports are asked and what they answer. */
export const feedMarks: Readonly<Record<string, IsMet>> = {
  'lost the high mark to another': ({ call, answer }) => call === 'highMarks.store' && answer === false,
  'found a high mark': ({ call, answer }) =>
    call === 'highMarks.read' && (answer as { readonly mark: HighMark } | undefined) !== undefined,
  'quarantined a record': ({ call }) => call === 'changesQueue.send',
  'stopped within a batch': () => false,
};
