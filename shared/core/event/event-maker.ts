import type { EventContract } from '../../contract/define-event.ts';
import type { Emission } from '../../contract/emission.ts';
import { type Fault, fault, isFault, type Place } from '../../contract/fault.ts';
import type { BusEntry } from '../batch/bus-entry.ts';
import type { EventSource } from '../envelope/envelope.ts';
import { dataChecker } from './data-checker.ts';
import { entryWriter } from './entry-writer.ts';
import { type EventFacts, fieldsMaker } from './event-facts.ts';

/** The facts of one event, and where its input lies. */
export interface PlacedFacts extends EventFacts {
  /** Where a fault says that the input lies. */
  readonly at: Place;
  /** The trace context, where the events do not share it; as `attributes` writes it. */
  readonly attributes?: string | undefined;
}

/** Makes the bus entry of one emission; a fault when the contract does not declare the event, or its data or size does not fit. */
export type EventMaker = (emission: Emission, facts: PlacedFacts) => BusEntry | Fault;

type Maker = (data: unknown, facts: PlacedFacts) => BusEntry | Fault;

/** The way from a mapped payload to an event: schema, identity, envelope, size. Pure; what events share is prepared once. */
export function eventMaker(events: readonly EventContract[], source: EventSource): EventMaker {
  const makers = new Map(events.map(event => [event, makerOf(event, source)]));
  return ({ event, data }, facts) => {
    const make = makers.get(event);
    if (make) return make(data, facts);
    const detail = `the mapping emitted ${event.type}, which the contract does not declare`;
    return fault('MAPPING_FAILED', facts.at, detail);
  };
}

function makerOf(event: EventContract, source: EventSource): Maker {
  const check = dataChecker(event);
  const fieldsOf = fieldsMaker(source.contract.id, event);
  const write = entryWriter(event, source);
  return (given, facts) => {
    const data = check(given, facts.at);
    return isFault(data) ? data : write(fieldsOf(facts, data), facts.at, facts.attributes);
  };
}
