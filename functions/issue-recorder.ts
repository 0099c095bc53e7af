import type { CloudWatchLogsEvent, Context } from 'aws-lambda';
import { logDeliveryOf } from '#operate/aws/log-delivery.ts';
import { recordingPorts } from '#operate/aws/recording-ports.ts';
import { recordIssues } from '#operate/flow/record-issues.ts';
import type { RecordingPorts } from '#operate/ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';

/** The Lambda handler that counts the faults that functions log, for subscriptions of CloudWatch Logs. */
export const issueRecorder = (
  ports: RecordingPorts = recordingPorts(process.env),
): ((event: CloudWatchLogsEvent, context: Context) => Promise<void>) =>
  guardHandler(ports.log, event => recordIssues(ports, logDeliveryOf(event)));
