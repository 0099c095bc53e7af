import type * as z from 'zod';
import { fileSettled } from '#events/edge/file-settled.v1.ts';
import { rowsQuarantined } from '#events/edge/rows-quarantined.v1.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { envelopeWriter } from '#shared/core/envelope/envelope.ts';
import { versionSequence } from '#shared/core/envelope/sequence.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { operationalTenant } from '#shared/core/operational/operational-tenant.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import type { SettlingHandoff } from '../outcome/handoff.ts';
import { fileNameOf } from '../outcome/prefixes.ts';

/** What the suite itself says of a file. */
export type FileSettledData = z.infer<typeof fileSettled.schema>;
export type RowsQuarantinedData = z.infer<typeof rowsQuarantined.schema>;

/** The bus entry that says a file came to its end. `objectUri` names the object as dropped. */
export const fileSettledEntry = (
  lane: FileLane,
  handoff: SettlingHandoff,
  objectUri: string,
  data: FileSettledData,
): BusEntry => ({
  source: fileSettled.domain,
  detailType: fileSettled.type,
  detail: operationalEvent(fileSettled, lane, handoff, objectUri, data),
});

/** The message, a CloudEvent too, that tells operators which rows were quarantined. */
export const rowsQuarantinedMessage = (
  lane: FileLane,
  handoff: SettlingHandoff,
  objectUri: string,
  data: RowsQuarantinedData,
): object => JSON.parse(operationalEvent(rowsQuarantined, lane, handoff, objectUri, data));

function operationalEvent(
  event: EventContract,
  lane: FileLane,
  handoff: SettlingHandoff,
  objectUri: string,
  data: object,
): string {
  const fileName = fileNameOf(lane, handoff.object.key);
  const write = envelopeWriter(event, {
    contract: lane,
    correlationId: handoff.id,
    causationId: handoff.causationId,
    traceparent: traceparentOf(handoff.id),
    // As on the events of the file's rows, so that one key finds them all.
    processKey: `${lane.id}/${fileName}`,
    ingestedAt: handoff.receivedAt,
  });
  return write({
    id: idOf(lane.id, event.type, handoff.id),
    tenantId: operationalTenant(lane.tenant),
    aggregateId: handoff.id,
    sequence: versionSequence(handoff.settledAt),
    idempotencyKey: `${lane.id}:${event.name}:${handoff.id}`,
    externalRef: fileName,
    rawRef: objectUri,
    rawHash: handoff.inspection?.sha256 ?? '',
    time: handoff.settledAt,
    data: JSON.stringify(event.schema.parse(data)),
  });
}
