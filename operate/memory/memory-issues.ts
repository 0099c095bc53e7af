import type { Issue, IssueKey } from '../core/issues/issue.ts';
import type { Issues, StoredIssue } from '../ports.ts';

export class MemoryIssues implements Issues {
  readonly #issues = new Map<string, StoredIssue>();

  async list(integration: string): Promise<readonly Issue[]> {
    return [...this.#issues.values()]
      .map(({ issue }) => issue)
      .filter(issue => issue.integration === integration);
  }

  async read(key: IssueKey): Promise<StoredIssue | undefined> {
    return this.#issues.get(nameOf(key));
  }

  async store(issue: Issue, over: StoredIssue | undefined): Promise<boolean> {
    if (this.#issues.get(nameOf(issue))?.revision !== over?.revision) return false;
    this.#issues.set(nameOf(issue), { issue, revision: (over?.revision ?? 0) + 1 });
    return true;
  }
}

const nameOf = ({ integration, code }: IssueKey): string => `${integration}#${code}`;
