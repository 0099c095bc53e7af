import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Issue } from '../core/issues/issue.ts';
import { issueLine } from '../core/issues/issue-line.ts';
import { integrationOf } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import type { Work } from './work.ts';

/** Those with the newest fault first. */
export async function listIssues(
  { integrations, ports }: Work,
  { integration, state, limit }: InputOf<'listIssues'>,
): Promise<OutputOf<'listIssues'>> {
  const asked = integration === undefined ? integrations : [integrationOf(integrations, integration)];
  const found = await inParallel(asked, limits.callsInFlightMax, ({ id }) => ports.issues.list(id));
  const isAsked = (issue: Issue) =>
    state === undefined ? issue.state !== 'resolved' : issue.state === state;
  const issues = found
    .flat()
    .filter(isAsked)
    .sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1));
  return { issues: issues.slice(0, limit).map(issueLine), more: issues.length > limit };
}
