import { limits } from '#shared/contract/limits.ts';
import type { Files, ObjectName } from '#shared/ports.ts';
import type { AcknowledgedFault } from '../core/acknowledgement/acknowledgement.ts';
import type { ReportProgress, SettledHandoff, SettlingHandoff } from '../core/outcome/handoff.ts';
import { linesOf } from '../core/quarantine/lines-of.ts';
import type { QuarantinedRow } from '../core/quarantine/quarantine-line.ts';
import { reportKey, sectionKey } from './places.ts';
import type { Work } from './work.ts';

/** The report of a file's quarantined rows, complete. */
export interface QuarantineReport {
  /** URI of the JSON Lines in the quarantine bucket. Its twin, the CSV, is copied beside the acknowledgement. */
  readonly jsonl: string;
  readonly rows: number;
  readonly byCode: Readonly<Record<string, number>>;
  readonly first: readonly AcknowledgedFault[];
}

const contentTypes = { jsonl: 'application/x-ndjson', csv: 'text/csv' } as const;

/** Joins all sections into one object in each form. */
export async function joinReport(
  { lane, ports: { files } }: Work,
  { id }: SettlingHandoff,
  { sections, rows, byCode }: ReportProgress,
): Promise<QuarantineReport> {
  const sectionsAs = (form: 'jsonl' | 'csv'): ObjectName[] =>
    sections.map(name => ({ bucket: 'quarantine', key: sectionKey(lane, { handoffId: id, name }, form) }));
  const join = async (form: 'jsonl' | 'csv'): Promise<ObjectName> => {
    const whole = { bucket: 'quarantine', key: reportKey(lane, id, form) } as const;
    await files.join({ ...whole, contentType: contentTypes[form] }, sectionsAs(form));
    return whole;
  };
  await join('csv');
  const jsonl = await join('jsonl');
  return { jsonl: files.uri(jsonl), rows, byCode, first: await firstFaults(files, jsonl) };
}

/** The report of a settled file, as it lies in quarantine; undefined where no row is quarantined, or it has expired. */
export async function keptReport(
  { lane, ports: { files } }: Work,
  { id, tally }: SettledHandoff,
): Promise<QuarantineReport | undefined> {
  const jsonl = { bucket: 'quarantine', key: reportKey(lane, id, 'jsonl') } as const;
  if (tally.quarantined === 0 || !(await files.head(jsonl))) return undefined;
  const first = await firstFaults(files, jsonl);
  return { jsonl: files.uri(jsonl), rows: tally.quarantined, byCode: {}, first };
}

/** The faults that an acknowledgement spells out. */
async function firstFaults(files: Files, jsonl: ObjectName): Promise<AcknowledgedFault[]> {
  const first: AcknowledgedFault[] = [];
  for await (const text of linesOf(files.read(jsonl))) {
    const { line, column, code, detail, remedy } = JSON.parse(text) as QuarantinedRow;
    if (first.push({ line, column, code, detail, remedy }) === limits.acknowledgedFaultsMax) break;
  }
  return first;
}
