import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { loadContracts } from '../../infra/contracts.ts';
import type { Emission, FileLane } from '../../shared/contract/define-file-lane.ts';
import { faultKinds } from '../../shared/contract/fault.ts';
import { Refusal } from '../../shared/contract/field.ts';
import { aggregateIdOf } from '../../shared/core/envelope/aggregate-id.ts';
import { type Outcome, type Sample, type SampleEvent, samplesOf } from './samples.ts';

const { lanes } = await loadContracts();

/** Files whose rows are read: neither refused as a whole before that, nor known already. */
const readable = (outcome: Outcome) =>
  outcome.state !== 'duplicate' && (!outcome.fault || outcome.fault === 'TOO_MANY_INVALID_ROWS');

describe.each(lanes.map(lane => [lane.id, lane] as const))('samples of %s', (_, lane) => {
  const samples = samplesOf(lane);

  it('show good, dirty and broken files', () => {
    expect(samples.map(sample => sample.name)).toEqual(expect.arrayContaining(['good', 'dirty', 'broken']));
  });

  it('drop each name once over all cases, so that all fit into one fresh cloud', () => {
    const dropped = samples.flatMap(sample => sample.drops);
    expect(new Set(dropped).size).toBe(dropped.length);
  });

  describe.each(samples.map(sample => [sample.name, sample] as const))('%s', (__, sample) => {
    it('drops every file that lies there, and expects an outcome of each data file', () => {
      expect([...sample.drops].sort()).toEqual(sample.filesThere);
      const dataFiles = sample.drops.filter(name => !name.endsWith('.sha256'));
      expect(sample.outcomes.map(outcome => outcome.file)).toEqual(dataFiles);
    });

    it('balances its books and names known faults', () => {
      for (const { tally, fault, rows = [] } of sample.outcomes) {
        const { received, ...rest } = tally;
        expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBe(received);
        expect(rows.length).toBe(tally.quarantined);
        const codes = [...(fault ? [fault] : []), ...rows.map(row => row.code)];
        expect(codes.filter(code => !(code in faultKinds))).toEqual([]);
      }
    });

    it('expects events that fit their schemas', () => {
      for (const { type, subject, data } of sample.events) {
        const event = lane.events.find(one => one.type === type)!;
        expect(event.schema.parse(data)).toEqual(data);
        expect(aggregateIdOf(event, data as Record<string, unknown>)).toBe(subject);
      }
    });

    it('reads into the events and row faults expected', () => {
      const found = sample.outcomes.filter(readable).map(outcome => readFile(lane, sample, outcome));
      expect(found.flatMap(file => file.events)).toEqual(sample.events);
      for (const { outcome, faults } of found) expect(faults).toEqual(byContract(outcome));
    });

    it('holds checksums that are right, but for the broken ones', () => {
      for (const name of sample.drops.filter(one => one.endsWith('.sha256'))) {
        const dataName = name.slice(0, -'.sha256'.length);
        const sum = createHash('sha256').update(bytesOf(sample, dataName)).digest('hex');
        const fault = sample.outcomes.find(outcome => outcome.file === dataName)!.fault;
        const wrong = fault === 'CHECKSUM_MISMATCH' || fault === 'BROKEN_SIDECAR';
        expect(bytesOf(sample, name).toString() === `${sum}  ${dataName}\n`).toBe(!wrong);
      }
    });
  });
});

const bytesOf = (sample: Sample, name: string): Buffer => readFileSync(join(sample.folder, name));

/** Faults that only the flow finds: by the shape of a record, or against rows before it. */
const beyondContract = ['RAGGED_ROW', 'UNCLOSED_QUOTE', 'DUPLICATE_CONFLICT'];
const byContract = (outcome: Outcome) =>
  (outcome.rows ?? []).filter(row => !beyondContract.includes(row.code));

interface Found {
  readonly outcome: Outcome;
  readonly events: SampleEvent[];
  readonly faults: { line: number; column?: string | undefined; code: string }[];
}

const versionsSeen = new Set<string>();

/** What the contract alone makes of a file that csv-parse reads. */
function readFile(lane: FileLane, sample: Sample, outcome: Outcome): Found {
  const found: Found = { outcome, events: [], faults: [] };
  for (const { line, values } of recordsOf(lane, sample, outcome)) {
    const row = readRow(lane, values);
    if (row.refusal) found.faults.push({ line, column: row.column, code: row.refusal.code });
    else if (!isRepeated(lane, row.values) && outcome.state !== 'rejected') found.events.push(...row.events);
  }
  return found;
}

function recordsOf(lane: FileLane, sample: Sample, outcome: Outcome) {
  const bytes = bytesOf(sample, outcome.file);
  const plain = outcome.file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const skipped = (outcome.rows ?? []).filter(row => row.code === 'UNCLOSED_QUOTE').map(row => row.line);
  const text = iconv.decode(plain, lane.dialect.encoding).replace(/^\ufeff/, '');
  const kept = text.split('\n').map((line, i) => (skipped.includes(i + 1) ? '' : line));
  const parsed = parse(kept.join('\n'), {
    delimiter: lane.dialect.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const header = parsed[0]!.record;
  return parsed
    .slice(1)
    .filter(({ record }) => record.length === header.length)
    .map(({ record, info }) => ({
      line: info.lines,
      values: Object.fromEntries(header.map((name, i) => [name, record[i]!])),
    }));
}

function readRow(lane: FileLane, texts: Record<string, string>) {
  const values: Record<string, unknown> = {};
  for (const [column, field] of Object.entries(lane.columns)) {
    const value = field.read(texts[column]!);
    if (value instanceof Refusal) return { refusal: value, column, values, events: [] };
    values[column] = value;
  }
  const mapped = lane.map(values);
  if (mapped instanceof Refusal) return { refusal: mapped, column: mapped.column, values, events: [] };
  const emissions = Array.isArray(mapped) ? (mapped as Emission[]) : [mapped as Emission];
  return { refusal: undefined, values, events: emissions.map(asSample) };
}

const asSample = ({ event, data }: Emission): SampleEvent => ({
  type: event.type,
  subject: aggregateIdOf(event, data as Record<string, unknown>),
  data,
});

/** For lanes that compare rows: whether this key and version came before, whatever else it says. */
function isRepeated(lane: FileLane, values: Record<string, unknown>): boolean {
  if (lane.duplicates !== 'row') return false;
  const token = [lane.id, ...lane.key, lane.version!].map(column => values[column] ?? column).join('|');
  const known = versionsSeen.has(token);
  versionsSeen.add(token);
  return known;
}
