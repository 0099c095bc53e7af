import { consentUpdated } from '../../events/customers/consent-updated.v1.ts';
import { outbox } from '../../shared/contract/cdc-table.ts';
import { type CdcFeedSpec, defineCdcFeed } from '../../shared/contract/define-cdc-feed.ts';
import { renderRunbook } from '../../shared/derive/runbook.ts';
import { renderSourceGuide } from '../../shared/derive/source-guide.ts';
import { spec } from '../cdc-feed/feeds.ts';

const rows = outbox({ events: { ConsentChanged: consentUpdated } });
const feed = (change: Partial<CdcFeedSpec> = {}) =>
  defineCdcFeed({ ...spec, tables: { 'public.outbox': rows }, ...change });

describe('the pages of an outbox', () => {
  it('say no way to be faster that would lose the order of an aggregate', () => {
    expect(renderRunbook(feed())).toContain('spread the events over several outboxes');
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
