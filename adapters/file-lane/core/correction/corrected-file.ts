import { idOf } from '#shared/core/identity/event-id.ts';
import { comparesLastRows, type FileLane } from '../../contract/file-lane.ts';
import { type CorrectedFile, type Handoff, isSettled } from '../outcome/handoff.ts';
import { fileNameOf } from '../outcome/prefixes.ts';

/** What names a file in event ids. Content that comes again may be news where rows are compared with the last of their key. */
export const fileIdentity = (
  lane: FileLane,
  { id, identity }: { readonly id: string; readonly identity: string },
): string => (comparesLastRows(lane) ? idOf(identity, id) : identity);

/**
 * The file as its corrections name it; undefined when no row of it can be worked on alone: it is under way, or nothing of it was
 * published because it was refused as a whole.
 */
export function correctedFile(lane: FileLane, handoff: Handoff | undefined): CorrectedFile | undefined {
  if (!handoff || !isSettled(handoff.state) || handoff.pass !== 'publish') return undefined;
  const { id, object, sequencer, period } = handoff;
  const receivedAt = handoff.reprocesses?.receivedAt ?? handoff.receivedAt;
  const identity = fileIdentity(lane, handoff);
  return { handoffId: id, identity, fileName: fileNameOf(lane, object.key), receivedAt, sequencer, period };
}
