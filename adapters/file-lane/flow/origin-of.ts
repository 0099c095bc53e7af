import { idOf } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { comparesLastRows } from '../contract/file-lane.ts';
import type { Begun, HandoffFacts } from '../core/outcome/handoff.ts';
import { fileNameOf } from '../core/outcome/prefixes.ts';
import type { FileOrigin } from '../core/row/row-events.ts';
import type { Work } from './work.ts';

type Inspected = Pick<Begun, 'inspection' | 'identity'>;

/** What all rows of a file share. */
export function originOf({ lane, ports }: Work, handoff: HandoffFacts & Inspected): FileOrigin {
  const fileName = fileNameOf(lane, handoff.object.key);
  return {
    contract: lane,
    correlationId: handoff.id,
    causationId: handoff.causationId,
    traceparent: traceparentOf(handoff.id),
    processKey: `${lane.id}/${fileName}`,
    ingestedAt: handoff.receivedAt,
    sequencer: handoff.sequencer?.hex,
    period: handoff.period,
    // Content that comes again may be news, so its events have other ids.
    identity: comparesLastRows(lane) ? idOf(handoff.identity, handoff.id) : handoff.identity,
    fileName,
    rawUri: ports.files.uri(handoff.inspection.source),
  };
}
