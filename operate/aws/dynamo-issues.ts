import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Issue, IssueKey } from '../core/issues/issue.ts';
import { issuesKey } from '../core/issues/issues-key.ts';
import type { Issues } from '../ports.ts';

/** Issues in the operators' table, one item each. They expire some time after their last fault. */
export const dynamoIssues = (table: DynamoTable): Issues => ({
  async list(integration) {
    const items = await table.query(issuesKey(integration), '');
    return items.map(issueOf);
  },

  async read(key) {
    const item = await table.get(keyOf(key));
    return item && { issue: issueOf(item), revision: Number(item.revision) };
  },

  store(issue, over) {
    const expiresAt =
      Math.floor(Date.parse(issue.lastSeen) / 1000) + limits.issueKeptDays * limits.secondsADay;
    return table.put(
      { ...keyOf(issue), issue: JSON.stringify(issue), revision: (over?.revision ?? 0) + 1, expiresAt },
      over
        ? { expression: '#revision = :revision', values: { revision: over.revision } }
        : { expression: 'attribute_not_exists(#pk)' },
    );
  },
});

const keyOf = ({ integration, code }: IssueKey) => ({ pk: issuesKey(integration), sk: code });

const issueOf = (item: Item): Issue => JSON.parse(String(item.issue)) as Issue;
