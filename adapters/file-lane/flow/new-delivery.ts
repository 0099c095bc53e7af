import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { sequencerIn } from '../core/outcome/sequencer.ts';
import type { NewDelivery } from '../ports.ts';
import { handoffIdOf } from './handoff-id.ts';
import type { ObjectCreated } from './messages.ts';

/** The object that a notification is of. */
export const notifiedIn = ({ detail: { object } }: ObjectCreated): ObjectRef => ({
  bucket: 'inbound',
  key: object.key,
  versionId: object['version-id'],
  etag: object.etag,
});

interface Begun {
  readonly notice: ObjectCreated;
  readonly object: ObjectRef;
  /** The versions whose dropping begins the hand-off. */
  readonly begins: readonly ObjectRef[];
  readonly period?: string | undefined;
}

/** What the ledger keeps of a delivery when it is first seen. */
export const newDelivery = (
  lane: Pick<FileLane, 'id'>,
  { notice, object, begins, period }: Begun,
): NewDelivery => ({
  id: handoffIdOf(lane.id, notice, begins),
  integration: lane.id,
  object,
  causationId: notice.id,
  receivedAt: new Date(notice.time).toISOString(),
  sequencer: sequencerIn(notice.detail.object),
  notified: notifiedIn(notice),
  period,
});
