import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';

interface NoticeFacts {
  readonly id: string;
  /** ISO 8601 UTC: when the object was dropped. */
  readonly time: string;
  readonly sequencer?: string | undefined;
}

/** S3's notification of an object, as a lane's queue takes it. Source: Amazon S3 User Guide, EventBridge event message structure. */
export const objectNotice = (
  bucket: string,
  { key, versionId, etag }: ObjectRef,
  { id, time, sequencer }: NoticeFacts,
): object => ({
  id,
  time,
  'detail-type': 'Object Created',
  detail: { bucket: { name: bucket }, object: { key, 'version-id': versionId, etag, sequencer } },
});
