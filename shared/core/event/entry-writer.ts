import type { EventContract } from '../../contract/define-event.ts';
import { type Fault, fault, type Place } from '../../contract/fault.ts';
import { type Publish, publishFormOf } from '../../contract/publish-form.ts';
import type { BatchedEvent, BusEntry, BusEvent } from '../batch/bus-entry.ts';
import { batchedBytes, fitsBatch } from '../batch/fill-entries.ts';
import { entryBytes, fitsBus } from '../batch/pack.ts';
import {
  type EventFields,
  type EventSource,
  envelopeWriter,
  type FurtherAttributes,
  wholeDetail,
} from '../envelope/envelope.ts';

/** A fault when the bus cannot take so large an event. */
export type EntryWriter<E extends BusEvent = BusEvent> = (
  fields: EventFields,
  at: Place,
  further?: FurtherAttributes,
) => E | Fault;

/** Writes events of one type, each in an entry of its own: envelope and size. */
export function entryWriter(event: EventContract, source: EventSource): EntryWriter<BusEntry> {
  const write = envelopeWriter(event, source);
  return (fields, at, further) => {
    const detail = wholeDetail(write(fields, further));
    const entry = { id: fields.id, source: event.domain, detailType: event.type, detail };
    return fitsBus(entry) ? entry : tooLarge(at, entryBytes(entry));
  };
}

/** Writes events of one type that go with others in one entry. */
export function batchedWriter(event: EventContract, source: EventSource): EntryWriter<BatchedEvent> {
  const write = envelopeWriter(event, source);
  return (fields, at, further) => {
    const { shared, own } = write(fields, further);
    const batched = { id: fields.id, source: event.domain, detailType: event.type, shared, own };
    return fitsBatch(batched) ? batched : tooLarge(at, batchedBytes(batched));
  };
}

/** The writer of events as a contract publishes them. */
export const writerFor =
  (publish: Publish | undefined) =>
  (event: EventContract, source: EventSource): EntryWriter =>
    publishFormOf(publish, event.type) === 'batch'
      ? batchedWriter(event, source)
      : entryWriter(event, source);

const tooLarge = (at: Place, bytes: number): Fault =>
  fault('EVENT_TOO_LARGE', at, `the event takes ${bytes} bytes`);
