import { consentUpdated, mergeCompleted } from '#events/customers/index.ts';
import { defineCdcFeed, is, outbox } from '#kit/cdc-feed';

export default defineCdcFeed({
  id: 'crm-outbox',
  purpose: 'Everyone receives the CRM’s decisions exactly as they were committed.',
  owner: { team: 'customer-management', contact: 'customer-management@example.com' },
  partner: { name: 'CRM application', contact: 'crm-operations@example.com' },
  authority:
    'The CRM owns its decisions. It writes each into its outbox in the same transaction as the change.',
  consistency: 'Within a minute of the commit, in order for each aggregate.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { from: 'tenant', allowed: ['acme', 'globex'] },
  source: { kind: 'debezium', connector: 'postgresql' },
  stream: { kind: 'kinesis', name: 'crm-outbox' },
  tables: {
    'public.outbox': outbox({
      events: { ConsentChanged: consentUpdated, CustomersMerged: mergeCompleted },
      more: { tenant: is.text() },
    }),
  },
});
