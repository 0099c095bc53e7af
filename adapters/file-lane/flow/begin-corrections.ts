import { limits } from '#shared/contract/limits.ts';
import type { Begun, CorrectedFile, Inspection, NotBegunHandoff } from '../core/outcome/handoff.ts';
import { endWith, type Stage } from './stage.ts';
import { type RowsToStage, stageRows } from './stage-rows.ts';
import type { Work } from './work.ts';

/** What is known of the rows that are reprocessed, besides the rows. */
export interface Correcting extends RowsToStage {
  readonly handoff: NotBegunHandoff;
  readonly corrects: CorrectedFile;
  /** Of the object that brought them. */
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Stages rows that are reprocessed, and plans their chunks. They need no claim on their content: each row claims the one that
 * it corrects. There is one pass: what is still wrong is quarantined, and the rest is published.
 */
export async function beginCorrections(work: Work, correcting: Correcting): Promise<Stage> {
  const { handoff, corrects, bytes, sha256 } = correcting;
  const { source, contentSha256, scanned } = await stageRows(work, handoff, correcting);
  const inspection: Inspection = {
    bytes,
    sha256,
    contentSha256,
    source,
    recordsSha256: scanned.recordsSha256,
    records: scanned.records,
    commentLines: 0,
    chunks: scanned.chunks,
    columns: Object.keys(work.lane.columns),
    columnsAt: scanned.columnsAt,
    width: scanned.width,
    ignoredColumns: scanned.ignored,
    declaredTotals: {},
  };
  if (scanned.fault) {
    const ending = { fault: scanned.fault, received: scanned.records };
    return { at: 'ending', handoff: { ...handoff, inspection }, ending };
  }
  const begun: Begun = { inspection, identity: corrects.identity, pass: 'publish', corrects };
  if (!(await work.ports.ledger.begin(handoff.id, work.invocation.id, begun)))
    return endWith({ kind: 'waiting', seconds: limits.delaySecondsMax });
  return { at: 'begun', handoff: { ...handoff, ...begun, state: 'processing' } };
}
