import { fault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { logLines } from '../../core/outcome/log-lines.ts';
import { inPrefix } from '../../core/outcome/prefixes.ts';
import { arrivedInTime } from '../arrived-in-time.ts';
import { handoffIdOf, versionOf } from '../handoff-id.ts';
import { type At, ended, endWith, type Stage } from '../stage.ts';
import { pauseSeconds } from '../wait.ts';
import type { Work } from '../work.ts';

/**
 * A data file that its sidecar or manifest must announce. The notice of the announcement begins the work, whenever it comes,
 * and takes the version that is there then. The notice of the data file only makes sure that a version which nothing
 * announces is refused in the end.
 */
export async function awaitAnnouncement(work: Work, stage: At<'unannounced'>): Promise<Stage> {
  const { notice, object, name } = stage;
  const { lane, ports } = work;
  const forget = () => ports.ledger.endAwaiting(handoffIdOf(lane.id, notice, [object]));
  const current = await ports.files.head({ bucket: 'inbound', key: object.key });
  if (!current || versionOf(current) !== versionOf(object)) {
    await forget();
    ports.log.info(logLines.objectIgnored, {
      key: object.key,
      reason: 'its partner has replaced or removed it',
    });
    return ended;
  }
  const key = inPrefix(lane) + name.announcementKeyName;
  const found = await ports.files.head({ bucket: 'inbound', key });
  if (found) {
    const announcement: ObjectRef = { bucket: 'inbound', key, versionId: found.versionId, etag: found.etag };
    const begun = await ports.ledger.find(handoffIdOf(lane.id, notice, [announcement]));
    // The announcement's own notice begins the hand-off. When it never comes, this message becomes a dead letter.
    if (!begun) return endWith({ kind: 'later', seconds: Math.ceil(pauseSeconds(work, notice)) });
    if (versionOf(begun.object) === versionOf(object)) {
      await forget();
      return ended;
    }
  }
  const missing = fault(
    'ANNOUNCEMENT_MISSING',
    {},
    `no ${name.announcedBy} for this version ${arrivedInTime}`,
  );
  return { at: 'incomplete', notice, object, missing, awaiting: name.announcedBy };
}
