import { limits } from '#shared/contract/limits.ts';
import type { AcknowledgedFault } from '../core/acknowledgement/acknowledgement.ts';
import type { Chunk, SettlingHandoff } from '../core/outcome/handoff.ts';
import { rejectedRowsCsv, rejectedTable } from '../core/quarantine/rejected-rows-csv.ts';
import { partKey, reportKey } from './places.ts';
import { jsonLinesOf, type ReportRows, readReportRows, rowsOf } from './report-rows.ts';
import type { Work } from './work.ts';
import { writeTogether } from './write-together.ts';

export interface QuarantineReport extends ReportSummary {
  /** URI of the JSON Lines in the quarantine bucket. */
  readonly jsonl: string;
  /** URI of its CSV twin. */
  readonly csv: string;
}

interface ReportSummary {
  readonly rows: number;
  readonly byCode: Readonly<Record<string, number>>;
  readonly first: readonly AcknowledgedFault[];
}

/**
 * Joins the parts that checkpoints name into one report: JSON Lines for machines and a CSV twin for people, which is also copied
 * beside the acknowledgement. Each part is read once, and memory is bounded whatever the number of rows. Undefined when
 * no row was quarantined.
 */
export async function writeQuarantineReport(
  { lane, ports }: Work,
  handoff: SettlingHandoff,
  chunks: readonly Chunk[],
): Promise<QuarantineReport | undefined> {
  const parts = chunks.flatMap(chunk =>
    chunk.progress.quarantineParts.map(part => partKey(lane, handoff.id, chunk, part)),
  );
  const { inspection } = handoff;
  if (parts.length === 0 || !inspection) return undefined;
  const { files } = ports;
  const table = rejectedTable(lane, inspection);
  const summary = new Summary();
  const [jsonl, csv] = await writeTogether(summary.of(readReportRows(files, parts)), [
    rows => {
      const key = reportKey(lane, handoff.id, 'jsonl');
      return files.write('quarantine', key, jsonLinesOf(rows), 'application/x-ndjson');
    },
    rows => {
      const key = reportKey(lane, handoff.id, 'csv');
      return files.write('quarantine', key, rejectedRowsCsv(rowsOf(rows), table), 'text/csv');
    },
  ]);
  return { jsonl: files.uri(jsonl), csv: files.uri(csv), ...summary.told };
}

/** Counts rows as they pass. */
class Summary {
  readonly #byCode: Record<string, number> = {};
  readonly #first: AcknowledgedFault[] = [];
  #rows = 0;

  get told(): ReportSummary {
    return { rows: this.#rows, byCode: this.#byCode, first: this.#first };
  }

  async *of(batches: AsyncIterable<ReportRows>): AsyncGenerator<ReportRows> {
    for await (const batch of batches) {
      for (const row of batch.rows) this.#count(row);
      yield batch;
    }
  }

  #count({ line, column, code, detail, remedy }: AcknowledgedFault): void {
    this.#rows += 1;
    this.#byCode[code] = (this.#byCode[code] ?? 0) + 1;
    if (this.#first.length < limits.acknowledgedFaultsMax)
      this.#first.push({ line, column, code, detail, remedy });
  }
}
