import { decimal, defineCdcFeed, is, oneOf, optional, table, text } from '#kit/cdc-feed';
import { supplierDeleted } from './supplier-deleted.v1.ts';
import { supplierUpdated } from './supplier-updated.v1.ts';

export default defineCdcFeed({
  id: 'erp-suppliers',
  purpose: 'Everyone who orders from suppliers or pays them knows the suppliers of the ERP.',
  owner: { team: 'purchasing', contact: 'purchasing@example.com' },
  partner: { name: 'ERP database', contact: 'erp-operations@example.com' },
  authority: 'The ERP owns suppliers. Nobody else changes them.',
  consistency: 'Within a minute of the commit, in order for each supplier.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { constant: 'acme' },
  source: { kind: 'debezium', connector: 'postgresql' },
  stream: { kind: 'kinesis', name: 'erp-suppliers' },
  tables: {
    'public.suppliers': table({
      key: ['id'],
      columns: {
        id: { type: is.integer(), read: text({ max: 20 }) },
        name: { type: is.text(), read: text({ max: 200 }) },
        rating: { type: is.text(), read: oneOf({ A: 'approved', P: 'probation', X: 'blocked' }) },
        credit_limit: { type: is.decimal({ scale: 2 }), read: optional(decimal({ min: '0' })) },
      },
      ignore: ['updated_at'],
      events: { created: supplierUpdated, updated: supplierUpdated, deleted: supplierDeleted },
      map: row => ({
        supplierId: row.id,
        name: row.name,
        rating: row.rating,
        creditLimitEur: row.credit_limit,
      }),
      mapKey: key => ({ supplierId: key.id }),
    }),
  },
});
