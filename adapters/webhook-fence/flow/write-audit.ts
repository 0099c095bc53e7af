import { releasesPrefix } from '../core/webhook/reject.ts';
import type { ReleaseReport } from './release-report.ts';
import type { RequestWork } from './work.ts';

/** Who released what, when and why; one object a release, written before it begins and again when it ends. */
export async function writeAudit(
  { fence, ports, invocation }: RequestWork,
  report: ReleaseReport,
): Promise<string> {
  const key = `${releasesPrefix(fence.id)}${report.startedAt.replaceAll(':', '')}-${invocation.id}.json`;
  const text = JSON.stringify({ audit: 1, operation: 'release-rejects', integration: fence.id, ...report });
  return ports.files.uri(await ports.files.write('rejects', key, Buffer.from(text), 'application/json'));
}
