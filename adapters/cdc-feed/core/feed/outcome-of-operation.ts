import { fault } from '#shared/contract/fault.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import type { Change } from '../change/change.ts';
import { type ChangeEvents, faulty, skipped } from './change-result.ts';

export type Verb = 'created' | 'updated' | 'deleted';

/** What kind of event a change makes, or how it ends without any, by the contract's rules for operations. */
export function verbOf(feed: CdcFeed, change: Change): Verb | ChangeEvents {
  switch (change.op) {
    case 'create':
      return 'created';
    case 'update':
      return 'updated';
    case 'delete':
      return change.ttl && feed.expiries === 'skip' ? skipped('expired items are no events here') : 'deleted';
    case 'read':
      return feed.snapshots === 'skip' ? skipped('snapshot reads are no events here') : feed.snapshots;
    case 'truncate':
      return truncated(feed, change.entity);
  }
}

const truncated = (feed: CdcFeed, entity: string): ChangeEvents =>
  feed.truncates === 'skip'
    ? skipped('truncates are no events here')
    : faulty(fault('TABLE_TRUNCATED', {}, `${entity} was truncated`));
