import type { CloudDescription } from './cloud-description.ts';
import { type Inert, noKafka } from './support.ts';

/** Feeds whose functions are up, and that nothing brings records to. */
export const unreadFeeds = ({ feeds }: CloudDescription): readonly Inert[] =>
  feeds.filter(({ kind }) => kind === 'kafka').map(({ id }) => ({ what: `feed ${id}`, reason: noKafka }));
