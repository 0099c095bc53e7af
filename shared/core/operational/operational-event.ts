import type * as z from 'zod';
import type { ContractBase, Tenant } from '../../contract/contract-base.ts';
import type { EventContract } from '../../contract/define-event.ts';
import type { BusEntry } from '../batch/bus-entry.ts';
import { aggregateIdOf } from '../envelope/aggregate-id.ts';
import { type EventFields, envelopeWriter, wholeDetail } from '../envelope/envelope.ts';
import { versionSequence } from '../envelope/sequence.ts';
import type { TraceContext } from '../envelope/trace-context.ts';
import { eventIdOf } from '../event/event-identity.ts';
import { idempotencyKeyOf } from '../identity/idempotency-key.ts';
import { operationalTenant } from './operational-tenant.ts';

/** What gave rise to an operational event. */
export interface OperationalFacts extends Pick<EventFields, 'externalRef' | 'rawRef' | 'rawHash' | 'time'> {
  readonly contract: Pick<ContractBase, 'id' | 'schemaVersion' | 'trust'> & { readonly tenant: Tenant };
  /** What the event tells of, once: its id is made of it. */
  readonly about: string;
  readonly trace: TraceContext;
}

/**
 * The bus entry by which the suite tells operators of an integration.
 * @throws ZodError when the data does not fit: the suite made it, so that is a bug.
 */
export function operationalEvent<E extends EventContract>(
  event: E,
  data: z.infer<E['schema']>,
  facts: OperationalFacts,
): BusEntry {
  const { contract, about, trace, time, externalRef, rawRef, rawHash } = facts;
  const tenant = operationalTenant(contract.tenant);
  const checked = event.schema.parse(data) as Readonly<Record<string, unknown>>;
  const id = eventIdOf(contract.id, event.type, { tenant, ordinal: 0, key: [about], version: undefined });
  const envelope = envelopeWriter(event, { contract, ...trace })({
    id,
    tenantId: tenant,
    aggregateId: aggregateIdOf(event, checked),
    sequence: versionSequence(time),
    idempotencyKey: idempotencyKeyOf([contract.id, event.name], about),
    externalRef,
    rawRef,
    rawHash,
    time,
    data: JSON.stringify(checked),
  });
  return { id, source: event.domain, detailType: event.type, detail: wholeDetail(envelope) };
}
