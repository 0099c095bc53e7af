import type { NewEvent } from '../events/event-router.ts';
import type { Created } from './store.ts';

/**
 * What S3 tells EventBridge. The key is as it is, not URL-encoded.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectCreatedEvent({ bucket, object, reason, requestId, requester }: Created): NewEvent {
  return {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: object.key,
        size: object.content.bytes,
        etag: object.content.etag,
        ...(object.versionId === 'null' ? {} : { 'version-id': object.versionId }),
        sequencer: object.sequencer,
      },
      'request-id': requestId,
      requester,
      'source-ip-address': '127.0.0.1',
      reason,
    },
  };
}
