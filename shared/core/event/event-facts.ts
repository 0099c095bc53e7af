import type { EventContract } from '../../contract/define-event.ts';
import { aggregateIdOf } from '../envelope/aggregate-id.ts';
import type { EventFields } from '../envelope/envelope.ts';
import type { EventData } from './data-checker.ts';
import { type EventIdentity, eventIdOf, eventKeyOf } from './event-identity.ts';

/** What an adapter knows of one event, besides its data. */
export interface EventFacts
  extends EventIdentity,
    Pick<EventFields, 'sequence' | 'externalRef' | 'rawRef' | 'rawHash' | 'time'> {}

/** `data` is what the event's schema gave back. */
export type FieldsMaker = (facts: EventFacts, data: EventData) => EventFields;

/** Makes the fields of one type's events: the identity from the facts, the data as JSON. */
export const fieldsMaker =
  (integration: string, event: EventContract): FieldsMaker =>
  (facts, data) => ({
    id: eventIdOf(integration, event.type, facts),
    tenantId: facts.tenant,
    aggregateId: aggregateIdOf(event, data),
    sequence: facts.sequence,
    idempotencyKey: eventKeyOf(integration, facts),
    externalRef: facts.externalRef,
    rawRef: facts.rawRef,
    rawHash: facts.rawHash,
    time: facts.time,
    data: JSON.stringify(data),
  });
