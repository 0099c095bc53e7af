import { CfnSubscriptionFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { linesWithIssues } from '#shared/core/log/issue-notes.ts';

/** Has the faults counted that functions write into a log. */
export const recordIssues = (
  scope: Construct,
  { log, recorder }: { readonly log: ILogGroup; readonly recorder: { readonly functionArn: string } },
): CfnSubscriptionFilter =>
  new CfnSubscriptionFilter(scope, 'Issues', {
    logGroupName: log.logGroupName,
    filterPattern: linesWithIssues,
    destinationArn: recorder.functionArn,
  });
