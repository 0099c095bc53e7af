import { traceparentOf } from '#shared/core/identity/trace.ts';
import { fileIdentity } from '../core/correction/corrected-file.ts';
import type { Begun, HandoffFacts } from '../core/outcome/handoff.ts';
import { fileNameOf } from '../core/outcome/prefixes.ts';
import type { FileOrigin } from '../core/row/row-events.ts';
import type { Work } from './work.ts';

type Inspected = Pick<Begun, 'inspection' | 'identity' | 'corrects'>;

/** What all rows of a file share. */
export function originOf({ lane, ports }: Work, handoff: HandoffFacts & Inspected): FileOrigin {
  const { corrects } = handoff;
  const { fileName, identity, receivedAt, sequencer, period } = corrects ?? {
    ...handoff,
    receivedAt: handoff.reprocesses?.receivedAt ?? handoff.receivedAt,
    fileName: fileNameOf(lane, handoff.object.key),
    identity: fileIdentity(lane, handoff),
  };
  return {
    contract: lane,
    correlationId: handoff.id,
    causationId: corrects?.handoffId ?? handoff.causationId,
    traceparent: traceparentOf(handoff.id),
    processKey: `${lane.id}/${fileName}`,
    ingestedAt: handoff.receivedAt,
    arrivedAt: receivedAt,
    sequencer: sequencer?.hex,
    period,
    identity,
    fileName,
    rawUri: ports.files.uri(handoff.inspection.source),
    corrects: corrects !== undefined,
  };
}
