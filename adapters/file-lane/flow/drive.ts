import { Leases } from './leases.ts';
import { recordFault, stopOf } from './record-fault.ts';
import type { At, Stage, Step } from './stage.ts';
import { acknowledge } from './steps/acknowledge.ts';
import { arrive } from './steps/arrive.ts';
import { awaitAnnouncement } from './steps/await-announcement.ts';
import { awaitMissing } from './steps/await-missing.ts';
import { claim } from './steps/claim.ts';
import { finishPass } from './steps/finish-pass.ts';
import { inspect } from './steps/inspect.ts';
import { plan } from './steps/plan.ts';
import { processChunk } from './steps/process-chunk.ts';
import { report } from './steps/report.ts';
import { resume } from './steps/resume.ts';
import { settle } from './steps/settle.ts';
import type { Verdict, Work } from './work.ts';

// Few messages need these, and a function starts sooner without.
const fixed: Step<'fixed'> = async (work, stage) =>
  (await import('./steps/match-fixed.ts')).matchFixed(work, stage);
const reprocess: Step<'reprocess'> = async (work, stage) =>
  (await import('./steps/reprocess.ts')).reprocess(work, stage);
const earlierRows: Step<'earlierRows'> = async (work, stage) =>
  (await import('./steps/collect-rows.ts')).collectRows(work, stage);

/** The steps of a file's way, by the stage from which each goes on. */
const steps = {
  arrived: arrive,
  unannounced: awaitAnnouncement,
  incomplete: awaitMissing,
  resumed: resume,
  opened: inspect,
  fixed,
  reprocess,
  earlierRows,
  inspected: claim,
  begun: plan,
  leased: processChunk,
  chunkDone: finishPass,
  settling: report,
  reported: settle,
  settled: acknowledge,
} as const;

type Stepped = keyof typeof steps;

/** The work failed, and what is worked on, where that is known. */
export interface Failure {
  readonly kind: 'failed';
  readonly error: unknown;
  readonly handoffId?: string | undefined;
}

/**
 * Takes a file from stage to stage until its message is finished or must come again. Leases are taken here, kept for the steps
 * that need them, and given back at the end. A fault that stops the work is recorded on the hand-off.
 */
export async function drive(given: Work, start: Stage): Promise<Verdict | Failure> {
  const leases = new Leases(given);
  const work = { ...given, keepLeases: (milliseconds?: number) => leases.keep(milliseconds) };
  let stage = start;
  try {
    while (stage.at !== 'end') stage = await advance(work, leases, stage);
    return stage.verdict;
  } catch (error) {
    const failure = leases.failureOf(error);
    if (!('handoff' in stage)) return { kind: 'failed', error: stopOf(failure) ?? failure };
    const { id } = stage.handoff;
    return { kind: 'failed', error: await recordFault(work, id, failure), handoffId: id };
  } finally {
    await leases.release();
  }
}

function advance(work: Work, leases: Leases, stage: Exclude<Stage, At<'end'>>): Promise<Stage> {
  switch (stage.at) {
    case 'opening':
      return leases.open(stage);
    case 'reopening':
      return leases.openDelivery(stage);
    case 'chunk':
      return leases.leaseChunk(stage);
    case 'leased':
      return leases.keepDuring(stage, () => step(work, stage));
    case 'short':
      return leases.handOn(stage);
    case 'ending':
      return leases.beginSettling(stage);
    default:
      return step(work, stage);
  }
}

const step = <S extends Stepped>(work: Work, stage: At<S>): Promise<Stage> => {
  const take: { readonly [K in Stepped]: Step<K> } = steps;
  return take[stage.at](work, stage);
};
