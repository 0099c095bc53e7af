import { type Fault, fault } from '../../shared/contract/fault.ts';
import { needsSignatureBeside } from '../../shared/contract/file-security.ts';
import { limits } from '../../shared/contract/limits.ts';
import { isFault } from '../../shared/core/file/file-fault.ts';
import { type AnnouncingName, type DataName, matchName } from '../../shared/core/file/name.ts';
import { handoffId } from '../../shared/core/identity/event-id.ts';
import type { Handoff, ObjectRef } from '../../shared/core/outcome/handoff.ts';
import { claimAndBegin } from './claim-and-begin.ts';
import { findSignature } from './find-signature.ts';
import type { ObjectCreated } from './messages.ts';
import { fileNameOf, inPrefix } from './places.ts';
import { settle } from './settle.ts';
import { spread } from './spread.ts';
import { done, laterAt, leaseOf, noting, type Verdict, type Work } from './work.ts';

/** A data file that can be worked on, with what announced it. */
export interface Arrival {
  readonly object: ObjectRef;
  readonly name: DataName;
  /** The sidecar or manifest, where that is what begins the work. */
  readonly announcement?: { readonly kind: 'sidecar' | 'manifest'; readonly object: ObjectRef };
  /** The detached signature, where the lane demands one. */
  readonly signature?: ObjectRef;
}

/** An object was dropped: decides what it is, leases its hand-off and takes it as far as this invocation can. */
export async function arrive(work: Work, notice: ObjectCreated): Promise<Verdict> {
  const { lane, ports } = work;
  const object = objectOf(notice);
  const name = matchName(lane.delivery, fileNameOf(lane, object.key));
  if (isFault(name)) return refuse(work, notice, object, name);
  if (name.kind === 'ignored') {
    ports.log.info('object ignored', { key: object.key, reason: name.reason });
    return done;
  }
  if (name.kind === 'data') return arriveWhole(work, notice, { object, name });
  return arriveAnnounced(work, notice, object, name);
}

const objectOf = ({ detail: { object } }: ObjectCreated): ObjectRef => ({
  bucket: 'inbound',
  key: object.key,
  versionId: object['version-id'],
  etag: object.etag,
});

/** The data file that a sidecar, manifest or signature is for should be there; else it is waited for, but not for ever. */
async function arriveAnnounced(
  work: Work,
  notice: ObjectCreated,
  object: ObjectRef,
  name: AnnouncingName,
): Promise<Verdict> {
  const { lane, ports } = work;
  const key = inPrefix(lane) + name.dataKeyName;
  const data = await ports.files.head({ bucket: 'inbound', key });
  if (data) {
    const { versionId, etag } = data;
    return arriveWhole(work, notice, {
      object: { bucket: 'inbound', key, versionId, etag },
      name: name.data,
      ...(name.kind === 'signature' ? { signature: object } : { announcement: { kind: name.kind, object } }),
    });
  }
  return awaiting(work, notice, object, fault('DATA_MISSING', {}, `no data file ${arrivedInTime}`));
}

const arrivedInTime = `arrived within ${limits.dataWaitSeconds} seconds`;

/** A data file with all that must lie beside it. Whichever of file and signature comes last begins the work. */
async function arriveWhole(work: Work, notice: ObjectCreated, arrival: Arrival): Promise<Verdict> {
  if (arrival.signature || !needsSignatureBeside(work.lane.delivery.security))
    return handOff(work, notice, arrival);
  const signature = await findSignature(work, arrival.object);
  if (signature) return handOff(work, notice, { ...arrival, signature });
  const missing = fault('SIGNATURE_MISSING', {}, `no signature ${arrivedInTime}`);
  return awaiting(work, notice, arrival.object, missing);
}

/** What is still to come is waited for, longer each time, and then refused. */
async function awaiting(
  work: Work,
  notice: ObjectCreated,
  object: ObjectRef,
  refusal: Fault,
): Promise<Verdict> {
  const waited = (work.ports.clock.now() - Date.parse(notice.time)) / 1000;
  if (waited >= limits.dataWaitSeconds) return refuse(work, notice, object, refusal);
  return { kind: 'later', seconds: Math.max(15, Math.ceil(waited)) };
}

/** Rejects an object that is never read. */
async function refuse(
  work: Work,
  notice: ObjectCreated,
  object: ObjectRef,
  refusal: Fault,
): Promise<Verdict> {
  return leasing(work, notice, { object, begins: [object] }, handoff =>
    settle(work, handoff, { fault: refusal }),
  );
}

async function handOff(work: Work, notice: ObjectCreated, arrival: Arrival): Promise<Verdict> {
  const { object, announcement, signature } = arrival;
  const begins = announcement ? [announcement.object] : [object, ...(signature ? [signature] : [])];
  return leasing(work, notice, { object, begins, period: arrival.name.period }, async handoff => {
    if (handoff.inspection) return spread(work, handoff, handoff.pass!);
    const begun = await claimAndBegin(work, handoff, { ...arrival, object: handoff.object });
    return 'kind' in begun ? begun : spread(work, begun, begun.pass!);
  });
}

interface Opening {
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
async function leasing(
  work: Work,
  notice: ObjectCreated,
  { object, begins, period }: Opening,
  then: (handoff: Handoff) => Promise<Verdict>,
): Promise<Verdict> {
  const { lane, ports } = work;
  const versions = begins.flatMap(begun => [begun.key, versionOf(begun)]);
  const id = handoffId(lane.id, notice.detail.bucket.name, ...versions);
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

/** A version id, or the etag of a bucket without versions. */
const versionOf = (object: ObjectRef): string => object.versionId ?? object.etag ?? '';
