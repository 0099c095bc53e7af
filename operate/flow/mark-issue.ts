import type { Issue, IssueKey, IssueMark } from '../core/issues/issue.ts';
import { issueLine } from '../core/issues/issue-line.ts';
import { acknowledged, resolved } from '../core/issues/mark-issue.ts';
import { integrationOf } from '../core/known-integrations.ts';
import { notFound } from '../core/problem.ts';
import type { IssueLine } from '../core/shapes/issues.ts';
import { changeIssue } from './change-issue.ts';
import type { Work } from './work.ts';

/** The caller works on it. Repeatable: the first one who does stays. */
export const acknowledgeIssue = (work: Work, key: IssueKey): Promise<IssueLine> =>
  markIssue(work, key, acknowledged);

/** The caller says that its cause is gone. Repeatable. The next fault opens it again. */
export const resolveIssue = (work: Work, key: IssueKey): Promise<IssueLine> => markIssue(work, key, resolved);

async function markIssue(
  { integrations, ports, caller }: Work,
  key: IssueKey,
  change: (issue: Issue, mark: IssueMark) => Issue,
): Promise<IssueLine> {
  integrationOf(integrations, key.integration);
  const mark = { by: caller.arn, at: new Date(ports.clock.now()).toISOString() };
  return issueLine(
    await changeIssue(ports, key, issue => {
      if (!issue) throw noIssue(key);
      return change(issue, mark);
    }),
  );
}

export const noIssue = ({ integration, code }: IssueKey) =>
  notFound(`${integration} has no issue ${code}`, 'List its issues to see their codes.');
