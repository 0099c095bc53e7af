import { randomUUID } from 'node:crypto';
import { needsSignatureBeside } from '#adapters/file-lane/contract/file-security.ts';
import { fixedPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import { limits } from '#shared/contract/limits.ts';
import type { PartnerUpload } from '../../core/partner/partner-questions.ts';
import { conflict, invalid } from '../../core/problem.ts';
import type { ReconciledLane } from '../../core/reconcile/known-lane.ts';
import { laneOf, type PartnerWork } from './partner-work.ts';

/** Drops a corrected file, under a name of ours: nothing that the partner writes becomes part of a key. */
export async function takeUpload(
  work: PartnerWork,
  integration: string,
  bytes: Uint8Array,
): Promise<PartnerUpload> {
  const { ports, link } = work;
  const lane = laneOf(work, integration);
  check(lane, bytes);
  if (!(await ports.uses.countUpload(link.id, integration)))
    throw conflict(
      `this link has uploaded ${limits.partnerUploadsMax} files, and may upload no more`,
      'Ask the people who sent it for a new one.',
    );
  const key = fixedPrefix(lane) + nameOf(lane, ports.clock.now());
  await ports.drops.write({ key, bytes, link: link.id });
  return { name: key.slice(fixedPrefix(lane).length) };
}

function check({ delivery: { security } }: ReconciledLane, bytes: Uint8Array): void {
  if (needsSignatureBeside(security))
    throw invalid(
      'files of this lane need a signature beside them',
      'Drop both where you drop your files, under fixed/.',
    );
  if (bytes.length === 0) throw invalid('the file is empty', 'Choose the corrected file.');
  if (bytes.length > limits.partnerUploadBytesMax)
    throw invalid(
      `the file has more than ${limits.partnerUploadBytesMax} bytes`,
      'Send its rows in several files, each with the header and the column fault_id.',
    );
}

function nameOf({ delivery: { security } }: ReconciledLane, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `corrected-${stamp}-${randomUUID().slice(0, 8)}.csv${security.encryption ? '.pgp' : ''}`;
}
