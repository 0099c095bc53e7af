import { limits } from '#shared/contract/limits.ts';
import type { Chunk, Inspection, ReportProgress } from '../../core/outcome/handoff.ts';
import type { SettleMessage } from '../../core/outcome/own-message.ts';
import { FailedAfterProgress } from '../failed-after-progress.ts';
import { joinReport } from '../join-report.ts';
import { Pace } from '../pace.ts';
import { partKey } from '../places.ts';
import { ReportSections, unreported } from '../report-sections.ts';
import { type At, endWith, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/**
 * Writes the report of quarantined rows, section by section with a checkpoint after each, and joins the sections. When time is
 * short, another invocation goes on from the last checkpoint. A crash repeats at most one section.
 */
export async function report(work: Work, stage: At<'settling'>): Promise<Stage> {
  const { handoff, ending } = stage;
  const parts = partsOf(work, handoff.id, ending.chunks ?? []);
  const { inspection } = handoff;
  if (parts.length === 0 || !inspection) return { at: 'reported', handoff, ending };
  const run: Run = { work, stage, parts, inspection, progress: handoff.report ?? unreported };
  const end = await writeSections(run);
  if (end === 'lost') return endWith({ kind: 'waiting', seconds: limits.leaseMilliseconds / 1000 });
  if (end === 'short') return { at: 'short', handoff, rest: { ...restOf(run), hop: stage.message.hop + 1 } };
  await work.keepLeases?.(limits.settleMilliseconds);
  return { at: 'reported', handoff, ending, report: await joinReport(work, handoff, run.progress) };
}

interface Run {
  readonly work: Work;
  readonly stage: At<'settling'>;
  readonly parts: readonly string[];
  readonly inspection: Inspection;
  /** Up to the last checkpoint. */
  progress: ReportProgress;
}

/** `short`: the rest is for the next hop. `lost`: another has taken over. */
async function writeSections(run: Run): Promise<'done' | 'short' | 'lost'> {
  const { work, stage, parts } = run;
  const before = run.progress;
  const pace = new Pace(work, limits.settleMilliseconds);
  const sections = new ReportSections({ ...run, handoff: stage.handoff }, before);
  try {
    while (run.progress.parts < parts.length) {
      await work.keepLeases?.();
      const next = await sections.write(run.progress);
      const { ledger } = work.ports;
      if (!(await ledger.checkpointReport(stage.handoff.id, work.invocation.id, next))) return 'lost';
      run.progress = next;
      if (pace.isTimeShort()) return 'short';
    }
    return 'done';
  } catch (error) {
    throw run.progress === before ? error : new FailedAfterProgress(restOf(run), error);
  } finally {
    await sections.close();
  }
}

const restOf = ({ stage, progress }: Run): SettleMessage => ({ ...stage.message, fromPart: progress.parts });

/** The parts that checkpoints name. */
const partsOf = ({ lane }: Work, handoffId: string, chunks: readonly Chunk[]): string[] =>
  chunks.flatMap(chunk => chunk.progress.quarantineParts.map(part => partKey(lane, handoffId, chunk, part)));
