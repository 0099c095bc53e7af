import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Store } from '../s3/store.ts';
import { boolean, number, readProperties } from './read.ts';
import { standInsOf } from './stand-ins.ts';

const notification = z.strictObject({
  EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: boolean.default(true) }).optional(),
});

const retention = z.strictObject({ Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']), Days: number });

const bucketShape = z.object({
  ObjectLockConfiguration: z
    .strictObject({
      ObjectLockEnabled: z.literal('Enabled'),
      Rule: z.strictObject({ DefaultRetention: retention }),
    })
    .optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  NotificationConfiguration: notification.optional(),
});

/** What the CDK's `eventBridgeEnabled` synthesises to; an empty configuration switches it on. */
const notificationsShape = z.object({ BucketName: z.string(), NotificationConfiguration: notification });

const isTold = (configuration: z.infer<typeof notification> | undefined): boolean =>
  configuration?.EventBridgeConfiguration?.EventBridgeEnabled ?? false;

export function bringUpBuckets(blueprint: Blueprint, store: Store): void {
  const notified = blueprint
    .ofType('Custom::S3BucketNotifications')
    .map(resource => readProperties(blueprint, resource, notificationsShape))
    .filter(({ NotificationConfiguration }) => isTold(NotificationConfiguration))
    .map(({ BucketName }) => BucketName);
  for (const resource of blueprint.ofType('AWS::S3::Bucket')) {
    const properties = readProperties(blueprint, resource, bucketShape);
    const name = blueprint.identity(resource).ref;
    const { Mode: mode, Days: days } = properties.ObjectLockConfiguration?.Rule.DefaultRetention ?? {};
    store.addBucket({
      name,
      versioned: properties.VersioningConfiguration?.Status === 'Enabled',
      ...(mode && days && { retention: { mode, days } }),
      notifies: isTold(properties.NotificationConfiguration) || notified.includes(name),
    });
  }
  for (const { name, eventBridge } of standInsOf(blueprint).buckets)
    store.addBucket({ name, versioned: true, notifies: eventBridge });
}
