import { handoffId } from '#shared/core/identity/event-id.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { ObjectCreated } from './messages.ts';

/** The hand-off that these versions begin, whoever notices them. */
export const handoffIdOf = (laneId: string, notice: ObjectCreated, begins: readonly ObjectRef[]): string =>
  handoffId(laneId, notice.detail.bucket.name, ...begins.flatMap(begun => [begun.key, versionOf(begun)]));

/** A version id, or the etag of a bucket without versions. */
export const versionOf = (object: Pick<ObjectRef, 'versionId' | 'etag'>): string =>
  object.versionId ?? object.etag ?? '';
