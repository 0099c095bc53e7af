import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { type Captured, table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { customerDeleted } from '#events/customers/customer-deleted.v1.ts';
import { customerUpdated } from '#events/customers/customer-updated.v1.ts';
import { email } from '#shared/core/mapping/email.ts';
import { integer } from '#shared/core/mapping/integer.ts';
import { text } from '#shared/core/mapping/text.ts';

export const columns = {
  region: { type: is.text(), read: text({ max: 10 }) },
  id: { type: is.integer(), read: text({ max: 20 }) },
  email: { type: is.text(), read: email() },
  visits: { type: is.integer(), read: integer() },
} as const;

const customerOf = (id: string, address: string) => ({
  customerId: id,
  email: address,
  fullName: 'N. N.',
  creditLimit: null,
  tier: 'standard' as const,
});

/** A customers table, smaller than the CRM's. */
export const customers: Captured = table({
  key: ['region', 'id'],
  columns,
  events: { created: customerCreated, updated: customerUpdated, deleted: customerDeleted },
  map: ({ id, email: address }) => customerOf(id, address),
  mapKey: ({ id }) => ({ customerId: id }),
  aggregatePerKey: { reason: 'An id is given once, in one region.' },
});

/** A good feed, to be made bad in one point. */
export const spec: CdcFeedSpec = {
  id: 'test-feed',
  purpose: 'To be tested.',
  owner: { team: 'edge', contact: 'edge@example.com' },
  partner: { name: 'A database', contact: 'db@example.com' },
  authority: 'The database.',
  consistency: 'Within a minute.',
  schemaVersion: '1',
  trust: 'authoritative',
  tenant: { constant: 'acme' },
  source: { kind: 'debezium', connector: 'postgresql' },
  stream: { kind: 'kinesis', name: 'test-feed' },
  tables: { 'public.customers': customers },
};
