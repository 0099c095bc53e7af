import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Store } from '../s3/store.ts';
import { readProperties } from './read.ts';

const bucketShape = z.object({
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  NotificationConfiguration: z.looseObject({ EventBridgeConfiguration: z.unknown() }).optional(),
});

const notificationsShape = z.object({
  BucketName: z.string(),
  NotificationConfiguration: z.looseObject({ EventBridgeConfiguration: z.unknown().optional() }),
});

export function bringUpBuckets(blueprint: Blueprint, store: Store): void {
  const notified = blueprint
    .ofType('Custom::S3BucketNotifications')
    .map(resource => readProperties(blueprint, resource, notificationsShape))
    .filter(({ NotificationConfiguration }) => NotificationConfiguration.EventBridgeConfiguration)
    .map(({ BucketName }) => BucketName);
  for (const resource of blueprint.ofType('AWS::S3::Bucket')) {
    const properties = readProperties(blueprint, resource, bucketShape);
    const name = blueprint.identity(resource).ref;
    store.addBucket({
      name,
      versioned: properties.VersioningConfiguration?.Status === 'Enabled',
      notifies: properties.NotificationConfiguration !== undefined || notified.includes(name),
    });
  }
}
