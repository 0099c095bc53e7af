import { fault, isFault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { needsSignatureBeside } from '../../contract/file-security.ts';
import { type AnnouncingName, matchName } from '../../core/file/name.ts';
import { logLines } from '../../core/outcome/log-lines.ts';
import { fileNameOf, inPrefix } from '../../core/outcome/prefixes.ts';
import type { Arrival } from '../arrival.ts';
import { arrivedInTime } from '../arrived-in-time.ts';
import { findSignature } from '../find-signature.ts';
import type { ObjectCreated } from '../messages.ts';
import { notifiedIn } from '../new-delivery.ts';
import { type At, ended, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/** An object was dropped: decides what it is to its lane, and whether it can be worked on. */
export async function arrive(work: Work, { notice }: At<'arrived'>): Promise<Stage> {
  const { lane, ports } = work;
  const object = notifiedIn(notice);
  const name = matchName(lane.delivery, fileNameOf(lane, object.key));
  if (isFault(name)) return { at: 'opening', notice, object, begins: [object], next: { refusal: name } };
  if (name.kind === 'ignored') {
    ports.log.info(logLines.objectIgnored, { key: object.key, reason: name.reason });
    return ended;
  }
  if (name.kind === 'data') return withSignature(work, notice, { object, name });
  if (name.kind === 'unannounced') return { at: 'unannounced', notice, object, name };
  return findData(work, notice, object, name);
}

/** The data file that a sidecar, manifest or signature is for should be there; else it is waited for, but not for ever. */
async function findData(
  work: Work,
  notice: ObjectCreated,
  object: ObjectRef,
  name: AnnouncingName,
): Promise<Stage> {
  const { lane, ports } = work;
  const key = inPrefix(lane) + name.dataKeyName;
  const data = await ports.files.head({ bucket: 'inbound', key });
  if (data) {
    const { versionId, etag } = data;
    return withSignature(work, notice, {
      object: { bucket: 'inbound', key, versionId, etag },
      name: name.data,
      ...(name.kind === 'signature' ? { signature: object } : { announcement: { kind: name.kind, object } }),
    });
  }
  const missing = fault('DATA_MISSING', {}, `no data file ${arrivedInTime}`);
  return { at: 'incomplete', notice, object, missing, awaiting: 'data' };
}

/** A data file needs the signature that belongs beside it. Whichever of both comes last begins the work. */
async function withSignature(work: Work, notice: ObjectCreated, arrival: Arrival): Promise<Stage> {
  if (arrival.signature || !needsSignatureBeside(work.lane.delivery.security))
    return opening(notice, arrival);
  const signature = await findSignature(work, arrival.object);
  if (signature) return opening(notice, { ...arrival, signature });
  const missing = fault('SIGNATURE_MISSING', {}, `no signature ${arrivedInTime}`);
  return { at: 'incomplete', notice, object: arrival.object, missing, awaiting: 'signature' };
}

function opening(notice: ObjectCreated, arrival: Arrival): Stage {
  const { object, announcement, signature } = arrival;
  const begins = announcement ? [announcement.object] : [object, ...(signature ? [signature] : [])];
  return { at: 'opening', notice, object, begins, period: arrival.name.period, next: { arrival } };
}
