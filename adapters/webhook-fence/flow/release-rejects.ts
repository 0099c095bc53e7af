import { limits } from '#shared/contract/limits.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import type { ReleaseOrder } from '../core/webhook/release-order.ts';
import type { ReleaseReport } from './release-report.ts';
import { ReleaseTally } from './release-tally.ts';
import { walkRejects } from './walk-rejects.ts';
import type { RequestWork } from './work.ts';
import { writeAudit } from './write-audit.ts';

/**
 * Verifies kept rejects again as of their receipt, with the current keys. Those that pass are accepted as if they had just
 * arrived, so a reject that was delivered again meanwhile is a duplicate. The audit record says who released what and why; it is
 * written before the first release.
 * @throws NoKeys before anything is released.
 */
export async function releaseRejects(work: RequestWork, order: ReleaseOrder): Promise<ReleaseReport> {
  await work.keys.current();
  const startedAt = new Date(work.ports.clock.now()).toISOString();
  const tally = new ReleaseTally();
  const report = (): ReleaseReport => ({ ...order, startedAt, ...tally.sum() });
  const record = async (more: Pick<ReleaseReport, 'next' | 'isIncomplete'> = {}) =>
    order.dryRun ? undefined : await writeAudit(work, { ...report(), ...more });
  await record();
  try {
    const next = await walkRejects(work, order, tally);
    const audit = await record({ next });
    const { released, looked, ...done } = report();
    const listed = {
      released: released.slice(0, limits.releasesListedMax),
      looked: looked.slice(0, limits.releasesListedMax),
    };
    return { ...done, ...listed, next, audit };
  } catch (error) {
    work.ports.log.error(logLines.releaseStopped, { integration: work.fence.id, error });
    await record({ isIncomplete: true });
    throw error;
  }
}
