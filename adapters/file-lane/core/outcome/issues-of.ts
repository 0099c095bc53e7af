import type { Fault } from '#shared/contract/fault.ts';
import type { IssueNote } from '#shared/core/log/issue-notes.ts';

/** Quarantined rows by code, and where the first ones stand. */
interface ReportedRows {
  readonly byCode: Readonly<Record<string, number>>;
  readonly first: readonly {
    readonly code: string;
    readonly line: number;
    readonly column: string | null;
  }[];
}

/** What operators learn of a settled file: why it was refused, and the faults of its rows. */
export function issuesOf(
  handoffId: string,
  fault: Pick<Fault, 'code' | 'at'> | undefined,
  report: ReportedRows | undefined,
): readonly IssueNote[] {
  const ofRows = Object.entries(report?.byCode ?? {}).map(([code, count]) => {
    const first = report?.first.find(row => row.code === code);
    return { code, count, unit: handoffId, ...(first && { place: placeOf(first) }) };
  });
  return fault ? [{ code: fault.code, count: 1, unit: handoffId }, ...ofRows] : ofRows;
}

const placeOf = ({ line, column }: ReportedRows['first'][number]): string =>
  column === null ? `line ${line}` : `line ${line}, ${column}`;
