import type * as z from 'zod';
import { fileSettled } from '#events/edge/file-settled.v1.ts';
import { rowsQuarantined } from '#events/edge/rows-quarantined.v1.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { type OperationalFacts, operationalEvent } from '#shared/core/operational/operational-event.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import type { ClosedHandoff } from '../outcome/handoff.ts';
import { fileNameOf } from '../outcome/prefixes.ts';

/** What the suite itself says of a file. */
export type FileSettledData = z.infer<typeof fileSettled.schema>;
export type RowsQuarantinedData = z.infer<typeof rowsQuarantined.schema>;

/** The bus entry that says a file came to its end. `objectUri` names the object as dropped. */
export const fileSettledEntry = (
  lane: FileLane,
  handoff: ClosedHandoff,
  objectUri: string,
  data: FileSettledData,
): BusEntry => operationalEvent(fileSettled, data, factsOf(lane, handoff, objectUri));

/** The message, a CloudEvent too, that tells operators which rows were quarantined. */
export const rowsQuarantinedMessage = (
  lane: FileLane,
  handoff: ClosedHandoff,
  objectUri: string,
  data: RowsQuarantinedData,
): object => JSON.parse(operationalEvent(rowsQuarantined, data, factsOf(lane, handoff, objectUri)).detail);

function factsOf(lane: FileLane, handoff: ClosedHandoff, objectUri: string): OperationalFacts {
  const fileName = fileNameOf(lane, handoff.object.key);
  return {
    contract: lane,
    about: handoff.id,
    trace: {
      correlationId: handoff.id,
      causationId: handoff.causationId,
      traceparent: traceparentOf(handoff.id),
      // As on the events of the file's rows, so that one key finds them all.
      processKey: `${lane.id}/${fileName}`,
      ingestedAt: handoff.receivedAt,
    },
    externalRef: fileName,
    rawRef: objectUri,
    rawHash: handoff.inspection?.sha256 ?? '',
    time: handoff.settledAt,
  };
}
