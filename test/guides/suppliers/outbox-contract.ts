import { defineCdcFeed, outbox } from '#kit/cdc-feed';
import { supplierUpdated } from './supplier-updated.v1.ts';

export default defineCdcFeed({
  id: 'erp-outbox',
  purpose: 'Everyone receives the ERP’s decisions about suppliers as they were committed.',
  owner: { team: 'purchasing', contact: 'purchasing@example.com' },
  partner: { name: 'ERP application', contact: 'erp-operations@example.com' },
  authority: 'The ERP owns suppliers. It writes each decision in the same transaction as the change.',
  consistency: 'Within a minute of the commit, in order for each supplier.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { constant: 'acme' },
  source: { kind: 'debezium', connector: 'postgresql' },
  stream: { kind: 'kinesis', name: 'erp-outbox' },
  snapshots: 'skip',
  tables: { 'public.outbox': outbox({ events: { SupplierChanged: supplierUpdated } }) },
});
