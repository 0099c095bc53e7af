import { decimal, defineFileLane, email, emit, text } from '#kit/file-lane';
import { invoiceCreated } from './invoice-created.v1.ts';

export default defineFileLane({
  id: 'beta-invoices',
  purpose: 'Invoices of Beta are known to whoever pays or books them.',
  owner: { team: 'billing', contact: 'billing@example.com' },
  partner: { name: 'Beta', contact: 'edi@beta.example' },
  authority: 'Beta owns its invoices; nobody else changes them.',
  consistency: 'Each file holds the invoices of a day.',
  schemaVersion: '1.0',
  trust: 'verified',
  tenant: { constant: 'acme' },
  delivery: { folder: 'beta', name: 'invoices_{yyyyMMdd}.csv', startsOn: 'sidecar' },
  columns: { no: text({ max: 40 }), to: email(), total: decimal({ min: '0' }) },
  key: ['no'],
  duplicates: 'file',
  maxInvalidShare: 1,
  events: [invoiceCreated],
  map: row =>
    emit(invoiceCreated, {
      invoiceId: row.no,
      recipient: row.to,
      total: { amount: row.total, currency: 'EUR' },
    }),
});
