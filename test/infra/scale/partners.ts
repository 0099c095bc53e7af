import * as z from 'zod';
import { integer, text as textColumn } from '#adapters/cdc-feed/contract/cdc-source.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import { accept, defineWebhookFence, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { Contracts } from '#infra/contracts.ts';
import { defineEvent, type EventContract } from '#shared/contract/define-event.ts';
import type { Field } from '#shared/contract/field.ts';

const text: Field<string> = { form: 'text', read: raw => raw };

const about = (id: string) =>
  ({
    id,
    purpose: 'Parcels are followed as they move.',
    owner: { team: 'parcels', contact: 'parcels@example.com' },
    partner: { name: 'Initech', contact: 'hooks@initech.example' },
    authority: 'Initech owns its parcels.',
    consistency: 'As they move.',
    schemaVersion: '1',
    trust: 'verified',
    tenant: { constant: 'initech' },
  }) as const;

const eventOf = (n: number) =>
  defineEvent({
    domain: 'parcels',
    aggregate: `parcel${n}`,
    name: 'updated',
    version: 1,
    category: 'fact',
    owner: 'parcels',
    summary: 'A parcel was seen.',
    sla: { publishedWithinSeconds: 300 },
    retention: { archiveDays: 30 + (n % 3) * 30 },
    schema: z.strictObject({ parcelId: z.string() }),
    aggregateId: ['parcelId'],
    example: { parcelId: 'P1' },
  });

type Emitted = ReturnType<typeof eventOf>;

const laneOf = (n: number, event: Emitted) =>
  defineFileLane({
    ...about(`lane-${n}`),
    delivery: { folder: `partner-${n}`, name: 'parcels.csv' },
    columns: { parcel: text },
    key: ['parcel'],
    duplicates: 'file',
    maxInvalidShare: 1,
    events: [event],
    map: row => emit(event, { parcelId: row.parcel }),
  });

const fenceOf = (n: number, event: Emitted) =>
  defineWebhookFence({
    ...about(`fence-${n}`),
    scheme: 'stripe',
    idempotency: { key: 'content' },
    accepts: [
      accept({
        schema: z.object({ id: z.string() }),
        events: [event],
        map: ({ id }) => emit(event, { parcelId: id }),
      }),
    ],
  });

const feedOf = (n: number, event: Emitted) =>
  defineCdcFeed({
    ...about(`feed-${n}`),
    source: { kind: 'debezium', connector: 'postgresql' },
    stream: { kind: 'kinesis', name: `parcels-${n}` },
    tables: {
      'public.parcels': table({
        key: ['id'],
        columns: { id: { type: textColumn(), read: text }, place: { type: integer(), read: text } },
        events: { created: event, updated: event, deleted: { skip: 'means nothing here' } },
        map: row => ({ parcelId: row.id }),
      }),
    },
  });

const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** So many integrations of each kind, with an event for every second one. */
export function partners({
  lanes,
  fences,
  feeds,
}: Readonly<Record<'lanes' | 'fences' | 'feeds', number>>): Contracts {
  const events = times(Math.ceil((lanes + fences + feeds) / 2), eventOf);
  const eventAt = (n: number): Emitted => events[n % events.length] as Emitted;
  return {
    integrations: [
      ...times(lanes, n => laneOf(n, eventAt(n))),
      ...times(fences, n => fenceOf(n, eventAt(lanes + n))),
      ...times(feeds, n => feedOf(n, eventAt(lanes + fences + n))),
    ],
    events: events as readonly EventContract[],
  };
}
