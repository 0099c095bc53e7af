import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import { answerOf, isNewer } from '../core/acknowledgement/answer.ts';
import { ackNames } from '../core/file/ack-names.ts';
import { fileNameOf } from '../core/outcome/prefixes.ts';
import { alignRejectedRows } from './align-rejected-rows.ts';
import type { Closed } from './books.ts';
import { findAnswer } from './find-answer.ts';
import type { Work } from './work.ts';
import { writeAcknowledgement } from './write-acknowledgement.ts';

/** `superseded`: the partner dropped the name again, and that version is answered already. */
export type Answered = 'written' | 'superseded';

type Names = ReturnType<typeof ackNames>;

/**
 * Answers the partner: rejected rows first, then the acknowledgement. Several versions of one name may be settled at the same
 * time, in any order, and the newest one's answer stays (docs/decisions/0032). The acknowledgement decides: it is only written
 * over an older one. Then whoever settles brings the rejected rows in line with the acknowledgement that is there, its own or
 * not, and looks again after each change; so whoever changes them last leaves them right.
 */
export async function writeAnswer(work: Work, closed: Closed): Promise<Answered> {
  const { lane, ports } = work;
  const names = ackNames(lane.delivery.folder, fileNameOf(lane, closed.handoff.object.key));
  const mine = answerOf(closed.handoff, closed.report !== undefined);
  const answered = await untilDone(names.ack, async () => {
    const before = await findAnswer(ports.files, names.ack);
    if (isNewer(before?.answer, mine)) return 'superseded';
    if ((await alignRejectedRows(work, names.rejected, mine)) === 'moved') return 'again';
    const written = await writeAcknowledgement(work, { closed, answer: mine, etag: before?.etag });
    return written === 'changed' ? 'again' : 'written';
  });
  await untilDone(names.rejected, () => alignWithAcknowledgement(work, names));
  return answered;
}

async function alignWithAcknowledgement(work: Work, names: Names): Promise<'again' | 'done'> {
  const acknowledged = await findAnswer(work.ports.files, names.ack);
  if (!acknowledged?.answer) return 'done';
  return (await alignRejectedRows(work, names.rejected, acknowledged.answer)) === 'moved' ? 'again' : 'done';
}

/** Each repetition means that something moved. The message comes again when others do not leave the answer in peace. */
async function untilDone<R extends string>(
  key: string,
  step: () => Promise<R | 'again'>,
): Promise<Exclude<R, 'again'>> {
  for (let tries = 0; tries < limits.answerTriesMax; tries++) {
    const end = await step();
    if (end !== 'again') return end as Exclude<R, 'again'>;
  }
  throw new EdgeError(`the answer ${key} changed ${limits.answerTriesMax} times while it was written`);
}
