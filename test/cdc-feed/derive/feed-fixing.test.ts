import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { outbox } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { fixingSteps } from '#adapters/cdc-feed/derive/feed-fixing.ts';
import { renderRunbook } from '#adapters/derive/runbook.ts';
import { consentUpdated } from '#events/customers/consent-updated.v1.ts';
import { customers, spec } from '../flow/feeds.ts';

const feed = (change: Partial<CdcFeedSpec> = {}) => defineCdcFeed({ ...spec, ...change });
const words = (change: Partial<CdcFeedSpec> = {}) => fixingSteps(feed(change)).join('\n');

const command = '`npm run edge -- plan resubmit test-feed --stage <stage>`';
const outboxFeed = { tables: { 'public.outbox': outbox({ events: { ConsentChanged: consentUpdated } }) } };
const dynamo = {
  source: { kind: 'dynamodb', form: 'streams' },
  stream: { kind: 'dynamodb', table: 'customers' },
  tables: { customers },
} as const;

describe('what a runbook says of quarantined changes', () => {
  it.each<[string, Partial<CdcFeedSpec>]>([
    ['a table', {}],
    ['an outbox', outboxFeed],
    ['a DynamoDB table', dynamo],
    ['a table whose snapshots make no events', { snapshots: 'skip' }],
  ])('is the command that reprocesses them: %s', (_, change) => {
    expect(words(change)).toContain(command);
    expect(renderRunbook(feed(change))).toContain(`${command} makes a plan that reprocesses them`);
  });

  it('sends nobody to a snapshot without a new epoch first', () => {
    expect(words()).toContain('First raise `source.epoch` and deploy, then take the snapshot');
    for (const change of [outboxFeed, dynamo, { snapshots: 'skip' as const }])
      expect(words(change)).not.toContain('snapshot');
  });

  it('sends nobody to the next change of a row that the contract misread', () => {
    expect(words()).toContain('a later change of the row is skipped where it changes nothing canonical');
    expect(words(outboxFeed)).not.toContain('later change of the row');
  });
});
