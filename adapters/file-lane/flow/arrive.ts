import { fault, isFault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { needsSignatureBeside } from '../contract/file-security.ts';
import { type AnnouncingName, matchName } from '../core/file/name.ts';
import type { Arrival } from './arrival.ts';
import { awaitAnnouncement } from './await-announcement.ts';
import { arrivedInTime, awaiting, refuse } from './awaiting.ts';
import { claimAndBegin } from './claim-and-begin.ts';
import { findSignature } from './find-signature.ts';
import { leasing } from './lease-handoff.ts';
import type { ObjectCreated } from './messages.ts';
import { fileNameOf, inPrefix } from './places.ts';
import { spread } from './spread.ts';
import { done, type Verdict, type Work } from './work.ts';

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
  if (name.kind === 'unannounced') return awaitAnnouncement(work, notice, object, name);
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

/** A data file with all that must lie beside it. Whichever of file and signature comes last begins the work. */
async function arriveWhole(work: Work, notice: ObjectCreated, arrival: Arrival): Promise<Verdict> {
  if (arrival.signature || !needsSignatureBeside(work.lane.delivery.security))
    return handOff(work, notice, arrival);
  const signature = await findSignature(work, arrival.object);
  if (signature) return handOff(work, notice, { ...arrival, signature });
  const missing = fault('SIGNATURE_MISSING', {}, `no signature ${arrivedInTime}`);
  return awaiting(work, notice, arrival.object, missing);
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
