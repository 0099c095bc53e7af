import { type Fault, fault as faultOf } from '#shared/contract/fault.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { balances, type Tally } from '#shared/core/outcome/tally.ts';
import type { ClosedHandoff, SettledState } from '../outcome/handoff.ts';
import type { Notes } from '../outcome/notes.ts';
import { isFaultColumn } from '../quarantine/fault-columns.ts';
import type { QuarantinedRow } from '../quarantine/quarantine-line.ts';

/** What the partner is told about one row. */
export type AcknowledgedFault = Pick<QuarantinedRow, 'line' | 'column' | 'code' | 'detail' | 'remedy'>;

export interface AcknowledgementInput {
  readonly handoff: ClosedHandoff;
  readonly file: string;
  readonly schemaVersion: string;
  readonly state: SettledState;
  readonly received: number;
  readonly tally: Tally;
  readonly fault: Fault | undefined;
  /** Hand-off that already holds the same content. */
  readonly duplicateOf: string | undefined;
  /** Sums found in the rows, by column. */
  readonly totals: Readonly<Record<string, string>>;
  readonly notes: Notes;
  /** What the partner does about the rows that were not taken, where the rest was. */
  readonly remedy: string | undefined;
  /** The rejected-rows file beside the acknowledgement, with the first faults spelled out. */
  readonly rejectedRows:
    | { readonly key: string; readonly rows: number; readonly first: readonly AcknowledgedFault[] }
    | undefined;
}

/** The answer to the partner, as JSON: what became of the file, with counts, control totals and hashes. */
export function acknowledgement(input: AcknowledgementInput): string {
  const { handoff, file, schemaVersion, state, received, tally, notes, rejectedRows } = input;
  const fault = input.fault ?? processedBefore(input);
  const { inspection } = handoff;
  const { correctedBefore } = notes;
  const answer = {
    acknowledgement: 1,
    integration: handoff.integration,
    schemaVersion,
    file,
    versionId: handoff.object.versionId ?? null,
    object: answered(handoff.object),
    sequencer: handoff.sequencer?.hex ?? null,
    correlationId: handoff.id,
    traceparent: traceparentOf(handoff.id),
    state,
    receivedAt: handoff.receivedAt,
    settledAt: handoff.settledAt,
    period: handoff.period ?? null,
    bytes: inspection?.bytes ?? null,
    sha256: inspection?.sha256 ?? null,
    contentSha256: inspection?.contentSha256 ?? null,
    corrects: handoff.corrects
      ? { file: handoff.corrects.fileName, correlationId: handoff.corrects.handoffId }
      : null,
    reprocesses: handoff.reprocesses
      ? { correlationId: handoff.reprocesses.handoffId, publishedBefore: handoff.reprocesses.published }
      : null,
    counts: { received, ...tally },
    balanced: balances(received, tally),
    commentLines: inspection?.commentLines ?? null,
    controlTotals: controlTotals(input),
    repeatedKeys: notes.repeatedKeys.rows > 0 ? notes.repeatedKeys : null,
    correctedBefore: correctedBefore && correctedBefore.rows > 0 ? correctedBefore : null,
    fault: fault
      ? { code: fault.code, class: fault.class, at: fault.at, detail: fault.detail, remedy: fault.remedy }
      : null,
    rejectedRows: rejectedRows ?? null,
    remedy: input.remedy ?? null,
    ignoredColumns: (inspection?.ignoredColumns ?? []).filter(
      column => !handoff.corrects || !isFaultColumn(column),
    ),
    duplicateOf: input.duplicateOf ?? null,
  };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** Told, though nothing is wrong: a partner asks why nothing came of the file. */
const processedBefore = ({ duplicateOf }: AcknowledgementInput): Fault | undefined =>
  duplicateOf === undefined
    ? undefined
    : faultOf('PROCESSED_BEFORE', {}, `hand-off ${duplicateOf} has processed the same rows`);

/** The version that is answered: a name can be dropped again before its answer is there. */
const answered = ({ key, versionId, etag }: ObjectRef) => ({
  key,
  versionId: versionId ?? null,
  etag: etag ?? null,
});

/** Found sums beside what a manifest or trailer declared, if anything. */
function controlTotals({
  handoff,
  totals,
}: AcknowledgementInput): Record<string, { found: string; declared: string | null }> {
  const declared = handoff.inspection?.declaredTotals ?? {};
  return Object.fromEntries(
    Object.entries(totals).map(([column, found]) => [column, { found, declared: declared[column] ?? null }]),
  );
}
