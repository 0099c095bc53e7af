import { handoffId } from '#shared/core/identity/event-id.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { Handoff } from '../core/outcome/handoff.ts';
import type { ObjectCreated } from './messages.ts';
import { done, laterAt, leaseOf, noting, type Verdict, type Work } from './work.ts';

export interface Opening {
  /** What is worked on: of a hand-off that is there already, its own object counts, whatever lies there by now. */
  readonly object: ObjectRef;
  /** The versions whose dropping began it; they name the hand-off. */
  readonly begins: readonly ObjectRef[];
  readonly period?: string | undefined;
}

/**
 * Leases the hand-off before anything else. A second notification of the same version finds it busy, or settled; one of
 * another version, or of the same data under a new sidecar or signature, is another hand-off.
 */
export async function leasing(
  work: Work,
  notice: ObjectCreated,
  { object, begins, period }: Opening,
  then: (handoff: Handoff) => Promise<Verdict>,
): Promise<Verdict> {
  const { lane, ports } = work;
  const id = handoffOf(lane.id, notice, begins);
  const lease = leaseOf(work);
  const opened = await ports.ledger.open(
    {
      id,
      integration: lane.id,
      object,
      causationId: notice.id,
      receivedAt: new Date(notice.time).toISOString(),
      period,
    },
    lease,
  );
  if (opened.kind === 'busy') return laterAt(opened.until, ports.clock.now());
  if (opened.kind === 'settled') return done;
  try {
    return await noting(work, id, () => then(opened.value));
  } finally {
    await ports.ledger.release(id, lease.owner);
  }
}

/** The hand-off that these versions begin, whoever notices them. */
export const handoffOf = (laneId: string, notice: ObjectCreated, begins: readonly ObjectRef[]): string =>
  handoffId(laneId, notice.detail.bucket.name, ...begins.flatMap(begun => [begun.key, versionOf(begun)]));

/** A version id, or the etag of a bucket without versions. */
export const versionOf = (object: Pick<ObjectRef, 'versionId' | 'etag'>): string =>
  object.versionId ?? object.etag ?? '';
