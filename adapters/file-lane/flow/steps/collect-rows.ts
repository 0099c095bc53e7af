import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { ObjectGone } from '#shared/ports.ts';
import { correctedFile } from '../../core/correction/corrected-file.ts';
import { stagedLane } from '../../core/correction/staged-row.ts';
import type { NotBegunHandoff, SettledHandoff } from '../../core/outcome/handoff.ts';
import { faultColumns } from '../../core/quarantine/fault-columns.ts';
import { beginCorrections } from '../begin-corrections.ts';
import { earlierRows } from '../earlier-rows.ts';
import { sourceColumns } from '../source-columns.ts';
import type { At, Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/** The quarantined rows of an earlier hand-off are reprocessed as they came, by the contract as it is now. */
export async function collectRows(work: Work, { handoff, earlier }: At<'earlierRows'>): Promise<Stage> {
  const refused = (refusal: Fault): Stage => ({
    at: 'ending',
    handoff,
    ending: { fault: refusal, received: earlier.tally.quarantined },
  });
  try {
    const stage = await collect(work, handoff, earlier);
    return isFault(stage) ? refused(stage) : stage;
  } catch (error) {
    if (!(error instanceof ObjectGone)) throw error;
    return refused(fault('OBJECT_GONE', {}, 'the file, or the report of its rows, is not kept any more'));
  }
}

async function collect(
  work: Work,
  handoff: NotBegunHandoff,
  earlier: SettledHandoff,
): Promise<Stage | Fault> {
  const { inspection } = earlier;
  const corrects = earlier.corrects ?? correctedFile(work.lane, earlier);
  if (!inspection || !corrects) throw new Error(`hand-off ${earlier.id} has no rows to reprocess`);
  const isStaged = earlier.corrects !== undefined;
  const lane = isStaged ? stagedLane(work.lane) : work.lane;
  const found = await sourceColumns({ ...work, lane }, inspection);
  if (isFault(found)) return found;
  const { id: handoffId } = earlier;
  const { bytes, sha256, source } = inspection;
  const { dialect } = lane;
  const rows = earlierRows(work, { handoffId, source, dialect, width: found.length, isStaged });
  const columns = isStaged ? found.slice(0, -faultColumns.length) : found;
  return beginCorrections(work, { handoff, corrects, columns, rows, bytes, sha256 });
}
