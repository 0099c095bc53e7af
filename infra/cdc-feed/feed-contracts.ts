import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { BundleEntry } from '../bundle-entry.ts';
import type { ContractKind } from '../contract-kind.ts';
import { checkStreams } from './check-streams.ts';

/** What infrastructure asks of CDC feeds. */
export const feedContracts: ContractKind<CdcFeed> = {
  events: ({ events }) => events,
  bundles: ({ id }) => [feedEntry(id)],
  check: checkStreams,
  after: ({ stream }) => (stream.kind === 'kinesis' && stream.madeBy !== undefined ? [stream.madeBy] : []),
};

const feedEntry = (id: string): BundleEntry => ({
  name: id,
  integration: id,
  handler: 'cdc-feed.ts',
  factory: 'cdcFeed',
});
