import type { EventContract } from '../../contract/define-event.ts';
import type { Emission } from '../../contract/emission.ts';
import { type Fault, fault, isFault, type Place } from '../../contract/fault.ts';
import type { BusEvent } from '../batch/bus-entry.ts';
import type { EventSource, FurtherAttributes } from '../envelope/envelope.ts';
import { dataChecker } from './data-checker.ts';
import type { EntryWriter } from './entry-writer.ts';
import { type EventFacts, fieldsMaker } from './event-facts.ts';

/** The facts of one event, and where its input lies. */
export interface PlacedFacts extends EventFacts {
  /** Where a fault says that the input lies. */
  readonly at: Place;
  /** The trace context, where the events do not share it. */
  readonly further?: FurtherAttributes | undefined;
}

/** Makes an event of one emission; a fault when the contract does not declare the event, or its data or size does not fit. */
export type EventMaker<E extends BusEvent = BusEvent> = (emission: Emission, facts: PlacedFacts) => E | Fault;

type Maker<E> = (data: unknown, facts: PlacedFacts) => E | Fault;

/** Makes the writer of one type's events. */
export type WriterMaker<E extends BusEvent> = (event: EventContract, source: EventSource) => EntryWriter<E>;

/** The way from a mapped payload to an event: schema, identity, envelope, size. Pure; what events share is prepared once. */
export function eventMaker<E extends BusEvent>(
  events: readonly EventContract[],
  source: EventSource,
  writerOf: WriterMaker<E>,
): EventMaker<E> {
  const makers = new Map(
    events.map(event => [event, makerOf(event, source.contract.id, writerOf(event, source))]),
  );
  return ({ event, data }, facts) => {
    const make = makers.get(event);
    if (make) return make(data, facts);
    const detail = `the mapping emitted ${event.type}, which the contract does not declare`;
    return fault('MAPPING_FAILED', facts.at, detail);
  };
}

function makerOf<E extends BusEvent>(
  event: EventContract,
  integration: string,
  write: EntryWriter<E>,
): Maker<E> {
  const check = dataChecker(event);
  const fieldsOf = fieldsMaker(integration, event);
  return (given, facts) => {
    const data = check(given, facts.at);
    return isFault(data) ? data : write(fieldsOf(facts, data), facts.at, facts.further);
  };
}
