import { conflict } from '../problem.ts';
import type { Issue, IssueMark } from './issue.ts';

/** Somebody works on it. The same object when somebody does already. @throws Problem when it is resolved. */
export function acknowledged(issue: Issue, mark: IssueMark): Issue {
  if (issue.state === 'acknowledged') return issue;
  if (issue.state === 'open') return { ...issue, state: 'acknowledged', acknowledged: mark };
  throw conflict(
    `the issue is resolved since ${issue.resolved?.at}`,
    'It opens again with the next fault of this code. Nothing needs to be acknowledged.',
  );
}

/** The cause is gone. The same object when it is resolved already. */
export const resolved = (issue: Issue, mark: IssueMark): Issue =>
  issue.state === 'resolved' ? issue : { ...issue, state: 'resolved', resolved: mark };
