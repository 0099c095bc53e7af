import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { BundleEntry } from '../bundle-entry.ts';
import type { ContractKind } from '../contract-kind.ts';

/** What infrastructure asks of CDC feeds. */
export const feedContracts: ContractKind<CdcFeed> = {
  events: ({ events }) => events,
  bundles: ({ id }) => [feedEntry(id)],
  check: checkStreams,
};

const feedEntry = (id: string): BundleEntry => ({
  name: id,
  integration: id,
  handler: 'cdc-feed.ts',
  factory: 'cdcFeed',
});

/** @throws Error when two feeds would make the same data stream. */
export function checkStreams(feeds: readonly CdcFeed[]): void {
  const nameOf = ({ stream }: CdcFeed) => (stream.kind === 'kinesis' ? stream.name : undefined);
  for (const feed of feeds) {
    const name = nameOf(feed);
    const other = feeds.find(candidate => candidate.id < feed.id && name && nameOf(candidate) === name);
    if (other) throw new Error(`${other.id} and ${feed.id} have the same stream ${name}`);
  }
}
