import type { EventContract } from '../../contract/define-event.ts';
import { type Fault, fault, type Place } from '../../contract/fault.ts';
import type { BusEntry } from '../batch/bus-entry.ts';
import { entryBytes, fitsBus } from '../batch/pack.ts';
import { type EventFields, type EventSource, envelopeWriter } from '../envelope/envelope.ts';

/** `attributes`: further ones, as `attributes` writes them. A fault when the bus cannot take so large an event. */
export type EntryWriter = (fields: EventFields, at: Place, attributes?: string) => BusEntry | Fault;

/** Writes the bus entries of one event type: envelope and size. */
export function entryWriter(event: EventContract, source: EventSource): EntryWriter {
  const write = envelopeWriter(event, source);
  return (fields, at, attributes) => {
    const detail = write(fields, attributes);
    const entry = { id: fields.id, source: event.domain, detailType: event.type, detail };
    return fitsBus(entry)
      ? entry
      : fault('EVENT_TOO_LARGE', at, `the event takes ${entryBytes(entry)} bytes`);
  };
}
