import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { type LogDelivery, logDelivery } from '../core/issues/sightings-in.ts';

/** What CloudWatch Logs hands to a function: gzip, in base64. */
export const logDeliveryOf = ({ awslogs: { data } }: CloudWatchLogsEvent): LogDelivery =>
  logDelivery.parse(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8')));
