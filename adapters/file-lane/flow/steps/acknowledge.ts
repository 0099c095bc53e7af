import { handoffFields } from '../../core/outcome/log-fields.ts';
import { logLines } from '../../core/outcome/log-lines.ts';
import { keptReport } from '../join-report.ts';
import { type At, ended, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';
import { writeAnswer } from '../write-answer.ts';

/** Writes the answer to a settled file again, from its books as they were closed. A newer answer stays. */
export async function acknowledge(work: Work, { handoff }: At<'settled'>): Promise<Stage> {
  const { ledger, log } = work.ports;
  const { state, received, tally, fault, duplicateOf } = handoff;
  const chunks = handoff.pass ? await ledger.chunks(handoff.id, handoff.pass) : [];
  const report = await keptReport(work, handoff);
  const books = { state, received, tally, fault, duplicateOf };
  const answer = await writeAnswer(work, { handoff, books, chunks, report });
  log.info(logLines.answerWrittenAgain, { ...handoffFields(handoff.integration, handoff.id), answer });
  return ended;
}
