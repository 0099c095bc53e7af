import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { outbox } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { renderSourceGuide } from '#adapters/cdc-feed/derive/source-guide.ts';
import { renderRunbook } from '#adapters/derive/runbook.ts';
import { consentUpdated } from '#events/customers/consent-updated.v1.ts';
import { spec } from '../flow/feeds.ts';

const rows = outbox({ events: { ConsentChanged: consentUpdated } });
const feed = (change: Partial<CdcFeedSpec> = {}) =>
  defineCdcFeed({ ...spec, tables: { 'public.outbox': rows }, ...change });

describe('the pages of an outbox', () => {
  it('say no way to be faster that would lose the order of an aggregate', () => {
    expect(renderRunbook(feed())).toContain('split the events over several outboxes');
    expect(renderRunbook(feed())).not.toContain('parallelBatchesPerShard');
  });

  it('say what must hold where the contract cannot: partitions of its topic, key of its DynamoDB table', () => {
    const topic = renderSourceGuide(feed({ stream: { kind: 'kafka', topics: ['crm.public.outbox'] } }));
    expect(topic).toContain('| topic of an outbox | one partition, or `message.key.columns`');
    const table = renderSourceGuide(
      feed({
        source: { kind: 'dynamodb', form: 'streams' },
        stream: { kind: 'dynamodb', table: 'outbox' },
        tables: { outbox: rows },
      }),
    );
    expect(table).toContain('| partition key | the aggregate’s id |');
  });
});
