import { handoffId } from '#shared/core/identity/event-id.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';

/** The hand-off that these versions begin, whoever notices them. */
export const handoffIdOf = (laneId: string, bucketName: string, begins: readonly ObjectRef[]): string =>
  handoffId(laneId, bucketName, ...begins.flatMap(begun => [begun.key, versionOf(begun)]));

/** A version id, or the etag of a bucket without versions. */
export const versionOf = (object: Pick<ObjectRef, 'versionId' | 'etag'>): string =>
  object.versionId ?? object.etag ?? '';

/** The hand-off that a request to reprocess a settled one begins. */
export const reprocessedIdOf = (
  laneId: string,
  { handoffId: earlier, request }: { readonly handoffId: string; readonly request: string },
): string => handoffId(laneId, 'reprocess', earlier, request);
