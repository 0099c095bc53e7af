import { fault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { UnannouncedName } from '../core/file/name.ts';
import { arrivedInTime, awaiting, awaitingOthers } from './awaiting.ts';
import { handoffOf, versionOf } from './lease-handoff.ts';
import type { ObjectCreated } from './messages.ts';
import { inPrefix } from './places.ts';
import { done, type Verdict, type Work } from './work.ts';

/**
 * A data file that its sidecar or manifest is to announce: the work begins with that, whenever it comes, and takes the version
 * that lies there then. This notice only sees to it that a version which nothing announces is refused in the end, and not
 * forgotten.
 */
export async function awaitAnnouncement(
  work: Work,
  notice: ObjectCreated,
  object: ObjectRef,
  { announcedBy, announcementKeyName }: UnannouncedName,
): Promise<Verdict> {
  const { lane, ports } = work;
  const current = await ports.files.head({ bucket: 'inbound', key: object.key });
  if (!current || versionOf(current) !== versionOf(object)) {
    ports.log.info('object ignored', { key: object.key, reason: 'its partner has replaced or removed it' });
    return done;
  }
  const key = inPrefix(lane) + announcementKeyName;
  const found = await ports.files.head({ bucket: 'inbound', key });
  if (found) {
    const announcement: ObjectRef = { bucket: 'inbound', key, versionId: found.versionId, etag: found.etag };
    const begun = await ports.ledger.find(handoffOf(lane.id, notice, [announcement]));
    // Its own notice may be in work, or still to come: then that begins the hand-off.
    if (!begun) return awaitingOthers(work, notice);
    if (versionOf(begun.object) === versionOf(object)) return done;
  }
  const missing = fault('ANNOUNCEMENT_MISSING', {}, `no ${announcedBy} for this version ${arrivedInTime}`);
  return awaiting(work, notice, object, missing);
}
