import { type Answer, isNewer, metadataOf } from '../core/acknowledgement/answer.ts';
import { findAnswer } from './find-answer.ts';
import { reportKey } from './places.ts';
import type { Work } from './work.ts';

/**
 * One step towards the rejected rows that belong to `answer`: writes them from the report in quarantine, or removes those of an
 * older version. `moved`: something was done, or others did something, so look again. Rejected rows of a newer version stay: who
 * wrote them is about to acknowledge it.
 */
export async function alignRejectedRows(
  { lane, ports: { files } }: Work,
  key: string,
  answer: Answer,
): Promise<'aligned' | 'moved'> {
  const found = await findAnswer(files, key);
  if (isNewer(found?.answer, answer)) return 'aligned';
  if (!answer.hasRejectedRows) {
    if (!found) return 'aligned';
    await files.remove(found);
    return 'moved';
  }
  if (found?.answer?.handoffId === answer.handoffId) return 'aligned';
  const report = { bucket: 'quarantine', key: reportKey(lane, answer.handoffId, 'csv') } as const;
  // Only another version's report can be gone, when that was answered long ago.
  if (!(await files.head(report))) return 'aligned';
  const target = { bucket: 'inbound', key, contentType: 'text/csv', metadata: metadataOf(answer) } as const;
  await files.join({ ...target, only: { etag: found?.etag } }, [report]);
  return 'moved';
}
