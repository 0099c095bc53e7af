import { limits } from '#shared/contract/limits.ts';
import { backoffMilliseconds } from '#shared/core/batch/backoff.ts';
import type { Issue, IssueKey } from '../core/issues/issue.ts';
import type { RecordingPorts } from '../ports.ts';

/** Stores what `change` makes of an issue, and gives it. Whoever stored it meanwhile is not overwritten: it is read and changed again. */
export async function changeIssue(
  { issues, clock }: Omit<RecordingPorts, 'log'>,
  key: IssueKey,
  change: (issue: Issue | undefined) => Issue,
): Promise<Issue> {
  for (let attempt = 1; attempt <= limits.issueTriesMax; attempt++) {
    const stored = await issues.read(key);
    const changed = change(stored?.issue);
    if (changed === stored?.issue || (await issues.store(changed, stored))) return changed;
    await clock.sleep(backoffMilliseconds(attempt, clock.random()));
  }
  throw new Error(
    `issue ${key.code} of ${key.integration} was written ${limits.issueTriesMax} times meanwhile`,
  );
}
