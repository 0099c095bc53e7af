import { hash } from 'node:crypto';
import { stagedDialect } from '../core/correction/staged-row.ts';
import type { Inspection, ReportProgress, SettlingHandoff } from '../core/outcome/handoff.ts';
import type { QuarantinedRow } from '../core/quarantine/quarantine-line.ts';
import { columnNamesOf, type RejectedTable, rejectedRowsCsv } from '../core/quarantine/rejected-rows-csv.ts';
import { sectionKey } from './places.ts';
import { jsonLinesOf, type ReportRows, readParts, reportRowsOf, rowsOf } from './report-rows.ts';
import type { Work } from './work.ts';
import { writeTogether } from './write-together.ts';

export const unreported: ReportProgress = { parts: 0, sections: [], rows: 0, byCode: {} };

interface Reported {
  readonly work: Work;
  readonly handoff: SettlingHandoff;
  readonly inspection: Inspection;
  /** Keys of all parts, in order. */
  readonly parts: readonly string[];
}

/**
 * Writes the report of quarantined rows section by section, each as JSON Lines for machines and as CSV for people. A section has
 * whole parts and can be joined with the next. Each part is read once, and memory is bounded whatever the number of rows.
 */
export class ReportSections {
  readonly #reported: Reported;
  readonly #table: RejectedTable;
  readonly #parts: AsyncGenerator<AsyncIterable<Uint8Array>, void>;

  /** `from`: where an earlier invocation stopped. */
  constructor(reported: Reported, from: ReportProgress) {
    const { work, handoff, inspection, parts } = reported;
    this.#reported = reported;
    const { lane } = work;
    this.#table = {
      dialect: lane.dialect,
      columns: columnNamesOf(lane, inspection),
      handoffId: handoff.id,
      ...(handoff.corrects && { rowDialect: stagedDialect(lane.dialect) }),
    };
    this.#parts = readParts(work.ports.files, parts.slice(from.parts));
  }

  /** Writes the section that follows `before`. */
  async write(before: ReportProgress): Promise<ReportProgress> {
    const { work, handoff } = this.#reported;
    const { files } = work.ports;
    const name = sectionName(work, before);
    const counts = { jsonl: new Bytes(), csv: new Bytes() };
    const least = (): number => Math.min(counts.jsonl.count, counts.csv.count);
    const section = new Section(this.#parts, () => least() >= work.bounds.sectionBytesMin);
    const hasHeader = before.sections.length === 0;
    const place = (form: 'jsonl' | 'csv'): string =>
      sectionKey(work.lane, { handoffId: handoff.id, name }, form);
    await writeTogether(section.rows(), [
      rows =>
        files.write('quarantine', place('jsonl'), counts.jsonl.of(jsonLinesOf(rows)), 'application/x-ndjson'),
      rows => {
        const csv = rejectedRowsCsv(rowsOf(rows), { ...this.#table, hasHeader });
        return files.write('quarantine', place('csv'), counts.csv.of(csv), 'text/csv');
      },
    ]);
    return section.addedTo(before, name);
  }

  /** Lets go of parts that were opened and are not needed now. */
  async close(): Promise<void> {
    await this.#parts.return();
  }
}

/** Whoever lost the right to settle never overwrites a section of its successor. */
const sectionName = ({ invocation }: Work, { parts }: ReportProgress): string =>
  `${parts}-${hash('sha256', invocation.id, 'hex').slice(0, 8)}`;

/** Counts what passes. */
class Bytes {
  count = 0;

  async *of(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.count += piece.length;
      yield piece;
    }
  }
}

/** The rows of so many parts as make a section full. */
class Section {
  readonly #parts: AsyncIterator<AsyncIterable<Uint8Array>, void>;
  readonly #isFull: () => boolean;
  readonly #byCode: Record<string, number> = {};
  #taken = 0;
  #rows = 0;

  constructor(parts: AsyncIterator<AsyncIterable<Uint8Array>, void>, isFull: () => boolean) {
    this.#parts = parts;
    this.#isFull = isFull;
  }

  async *rows(): AsyncGenerator<ReportRows> {
    do {
      const part = await this.#parts.next();
      if (part.done) return;
      for await (const batch of reportRowsOf(part.value)) {
        for (const row of batch.rows) this.#count(row);
        yield batch;
      }
      this.#taken += 1;
    } while (!this.#isFull());
  }

  addedTo({ parts, sections, rows, byCode }: ReportProgress, name: string): ReportProgress {
    const codes = { ...byCode };
    for (const [code, count] of Object.entries(this.#byCode)) codes[code] = (codes[code] ?? 0) + count;
    return {
      parts: parts + this.#taken,
      sections: [...sections, name],
      rows: rows + this.#rows,
      byCode: codes,
    };
  }

  #count({ code }: QuarantinedRow): void {
    this.#rows += 1;
    this.#byCode[code] = (this.#byCode[code] ?? 0) + 1;
  }
}
