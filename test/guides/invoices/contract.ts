import { decimal, defineFileLane, email, emit, text } from '#kit/file-lane';
import { invoiceCreated } from './invoice-created.v1.ts';

export default defineFileLane({
  id: 'beta-invoices',
  purpose: 'We receive the invoices of Beta, to pay and book them.',
  owner: { team: 'billing', contact: 'billing@example.com' },
  partner: { name: 'Beta', contact: 'edi@beta.example' },
  authority: 'Beta owns its invoices. Nobody else changes them.',
  consistency: 'Each file contains the invoices of one day.',
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
