import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { needsSignatureBeside } from '../contract/file-security.ts';
import { type DataName, matchDataName } from '../core/file/data-name.ts';
import { matchFixedName } from '../core/file/fixed-name.ts';
import { matchName, type UnannouncedName } from '../core/file/name.ts';
import { fileNameOf, inPrefix, isFixed } from '../core/outcome/prefixes.ts';
import type { Arrival } from './arrival.ts';
import { findSignature } from './find-signature.ts';
import type { Work } from './work.ts';

/** A file that arrived before, by the contract as it is now, with what announces and signs it; or why it cannot be worked on. */
export async function arrivalOf(work: Work, object: ObjectRef): Promise<Arrival | Fault> {
  const { lane } = work;
  const file = fileNameOf(lane, object.key);
  const name = isFixed(lane, object.key)
    ? matchFixedName(lane.delivery, file)
    : matchName(lane.delivery, file);
  if (isFault(name)) return name;
  if (name.kind === 'data') return signed(work, { object, name });
  if (name.kind === 'unannounced') return announced(work, { object, file }, name);
  if (name.kind === 'ignored') return fault('NAME_OUTSIDE_CONVENTION', {}, name.reason);
  return fault('DATA_MISSING', {}, 'it is no data file');
}

async function announced(
  work: Work,
  { object, file }: { readonly object: ObjectRef; readonly file: string },
  { announcedBy, announcementKeyName }: UnannouncedName,
): Promise<Arrival | Fault> {
  const { lane, ports } = work;
  const name: DataName | Fault = matchDataName(lane.delivery, file);
  if (isFault(name)) return name;
  const key = inPrefix(lane) + announcementKeyName;
  const found = await ports.files.head({ bucket: 'inbound', key });
  if (!found) return fault('ANNOUNCEMENT_MISSING', {}, `its ${announcedBy} is not there any more`);
  const { versionId, etag } = found;
  const announcement = { kind: announcedBy, object: { bucket: 'inbound', key, versionId, etag } } as const;
  return signed(work, { object, name, announcement });
}

async function signed(work: Work, arrival: Arrival): Promise<Arrival | Fault> {
  if (!needsSignatureBeside(work.lane.delivery.security)) return arrival;
  const signature = await findSignature(work, arrival.object);
  return signature
    ? { ...arrival, signature }
    : fault('SIGNATURE_MISSING', {}, 'its signature is not there any more');
}
