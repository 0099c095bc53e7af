import { issueLine } from '../core/issues/issue-line.ts';
import { integrationOf } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { noIssue } from './mark-issue.ts';
import type { Work } from './work.ts';

export async function readIssue(
  { integrations, ports }: Work,
  key: InputOf<'readIssue'>,
): Promise<OutputOf<'readIssue'>> {
  integrationOf(integrations, key.integration);
  const stored = await ports.issues.read(key);
  if (stored) return issueLine(stored.issue);
  throw noIssue(key);
}
