import * as z from 'zod';
import { defineEvent } from '#shared/contract/define-event.ts';
import type { EventSource } from '#shared/core/envelope/envelope.ts';
import type { PlacedFacts } from '#shared/core/event/event-maker.ts';

export const parcelSent = defineEvent({
  domain: 'shipping',
  aggregate: 'parcel',
  name: 'created',
  version: 1,
  category: 'fact',
  owner: 'shipping',
  summary: 'A parcel was sent.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 30 },
  schema: z.object({
    parcelId: z.string(),
    /** Properties that a fault has, too. */
    code: z.string(),
    class: z.string(),
    remedy: z.string(),
    'a/b~c': z.array(z.object({ weight: z.number() })),
  }),
  aggregateId: ['parcelId'],
  example: { parcelId: 'p-1', code: 'x', class: 'x', remedy: 'x', 'a/b~c': [] },
});

export const source: EventSource = {
  contract: { id: 'acme-parcels', schemaVersion: '1', trust: 'verified' },
  correlationId: 'acme-parcels.abc',
  causationId: 'notice-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  processKey: 'acme-parcels/parcels.csv',
  ingestedAt: '2026-11-02T08:15:00.000Z',
};

export const facts: PlacedFacts = {
  tenant: 'acme',
  ordinal: 0,
  key: ['p-1'],
  version: '7',
  sequence: '00000000000000000007',
  externalRef: 'parcels.csv#1',
  rawRef: 's3://inbound/acme/in/parcels.csv#bytes=0-9',
  rawHash: 'b'.repeat(64),
  time: '2026-11-02T08:15:00.000Z',
  at: { line: 2, record: 1 },
};

export const parcel = {
  parcelId: 'p-1',
  code: 'SCHEMA_VIOLATION',
  class: 'BUSINESS_REJECTED',
  remedy: 'Correct it.',
  at: {},
  detail: '',
  'a/b~c': [{ weight: 2 }],
};
