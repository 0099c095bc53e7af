import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { dialectOf } from '#adapters/file-lane/contract/file-format.ts';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { parseSidecar } from '#adapters/file-lane/core/file/sidecar.ts';
import { belongsTo, type ExpectedOutcome } from '#cli/demo/file-sample-shape.ts';
import type { ExpectedEvent } from '#cli/demo/sample-shapes.ts';
import { type Sample, samplesOf } from '#cli/demo/samples.ts';
import { SamplesProblem } from '#cli/demo/samples-problem.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import type { Emission } from '#shared/contract/emission.ts';
import { faultKinds } from '#shared/contract/fault.ts';
import { Refusal } from '#shared/contract/field.ts';
import { aggregateIdOf } from '#shared/core/envelope/aggregate-id.ts';
import { readSamples } from './read-samples.ts';

const lanes = ofKind(await loadSoundContracts(), 'file-lane');

/** Files whose rows are read: neither refused as a whole before that, nor known already. */
const readable = (outcome: ExpectedOutcome) =>
  outcome.state !== 'duplicate' && (!outcome.fault || outcome.fault === 'TOO_MANY_INVALID_ROWS');

/** Whether files are read here as well, by another reader and the contract alone; the flow takes the samples of every lane. */
const isPlain = ({ dialect, delivery: { compression = [], security = {} } }: FileLane): boolean =>
  isDeepStrictEqual(dialect, dialectOf({ delimiter: dialect.delimiter, encoding: dialect.encoding })) &&
  !compression.includes('zip') &&
  !security.encryption;

describe.each(lanes.map(lane => [lane.id, lane] as const))('samples of %s', (id, lane) => {
  const samples = readSamples(samplesOf, id);

  it('are there, and can be read', () => {
    if (samples instanceof SamplesProblem) throw samples;
  });

  if (samples instanceof SamplesProblem) return;

  it('show good, dirty and broken files', () => {
    expect(samples.map(sample => sample.name)).toEqual(expect.arrayContaining(['good', 'dirty', 'broken']));
  });

  it('drop each name once over all cases, so that all fit into one fresh cloud', () => {
    const dropped = samples.flatMap(sample => sample.drops);
    expect(dropped.filter((name, i) => dropped.indexOf(name) !== i)).toEqual([]);
  });

  describe.each(samples.map(sample => [sample.name, sample] as const))('%s', (_, sample) => {
    it('drops every file that lies there, and expects outcomes in the order of the drops', () => {
      const filesThere = readdirSync(sample.folder).filter(name => name !== 'expected.json');
      expect([...sample.drops].sort()).toEqual(filesThere.sort());
      const files = sample.outcomes.map(outcome => outcome.file);
      expect(files).toEqual(sample.drops.filter(name => files.includes(name)));
    });

    it('names known faults', () => {
      for (const { fault, rows = [] } of sample.outcomes) {
        const codes = [...(fault ? [fault] : []), ...rows.map(row => row.code)];
        expect(codes.filter(code => !(code in faultKinds))).toEqual([]);
      }
    });

    it('expects events that fit their schemas', () => {
      for (const { type, subject, data } of sample.events) {
        expect(lane.events.map(one => one.type)).toContain(type);
        const event = lane.events.find(one => one.type === type)!;
        expect(event.schema.parse(data)).toEqual(data);
        expect(aggregateIdOf(event, data as Record<string, unknown>)).toBe(subject);
      }
    });

    it('holds checksums that are right, but for those of files that are refused for theirs', () => {
      for (const name of sample.drops.filter(one => one.endsWith('.sha256'))) {
        const { file, fault } = sample.outcomes.find(outcome => belongsTo(name, outcome.file))!;
        const sha256 = createHash('sha256').update(bytesOf(sample, file)).digest('hex');
        const announced = { name, ...parseSidecar(bytesOf(sample, name).toString(), file) };
        if (fault === 'BROKEN_SIDECAR') expect(announced).toMatchObject({ code: fault });
        else if (fault === 'CHECKSUM_MISMATCH') expect(announced).not.toEqual({ name, sha256 });
        else expect(announced).toEqual({ name, sha256 });
      }
    });

    if (!isPlain(lane)) return;

    it('reads into the events and row faults expected', () => {
      const found = sample.outcomes.filter(readable).map(outcome => readFile(lane, sample, outcome));
      expect(found.flatMap(file => file.events)).toEqual(sample.events);
      for (const { outcome, faults } of found) expect(faults).toEqual(byContract(outcome));
    });
  });
});

const bytesOf = (sample: Sample, name: string): Buffer => readFileSync(join(sample.folder, name));

/** Faults of whole rows are for the flow to find: by the shape of a record, its event, or rows before it. */
const isOfRow = ({ code }: { readonly code: string }) =>
  code in faultKinds && faultKinds[code as keyof typeof faultKinds].scope === 'row';
const byContract = ({ rows = [] }: ExpectedOutcome) => rows.filter(row => !isOfRow(row));

interface Found {
  readonly outcome: ExpectedOutcome;
  readonly events: ExpectedEvent[];
  readonly faults: { line: number; column?: string | undefined; code: string }[];
}

const versionsSeen = new Set<string>();

/** What the contract alone makes of a file that csv-parse reads. */
function readFile(lane: FileLane, sample: Sample, outcome: ExpectedOutcome): Found {
  const found: Found = { outcome, events: [], faults: [] };
  for (const { line, values } of recordsOf(lane, sample, outcome)) {
    const row = readRow(lane, values);
    if (row.refusal) found.faults.push({ line, column: row.column, code: row.refusal.code });
    else if (!isRepeated(lane, row.values) && outcome.state !== 'rejected') found.events.push(...row.events);
  }
  return found;
}

function recordsOf(lane: FileLane, sample: Sample, outcome: ExpectedOutcome) {
  const bytes = bytesOf(sample, outcome.file);
  const plain = outcome.file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const skipped = (outcome.rows ?? []).filter(isOfRow).map(row => row.line);
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

const asSample = ({ event, data }: Emission): ExpectedEvent => ({
  type: event.type,
  subject: aggregateIdOf(event, data as Record<string, unknown>),
  data: data as ExpectedEvent['data'],
});

/** For lanes that compare rows with versions or write keys once: whether this one came before, whatever else it says. */
function isRepeated(lane: FileLane, values: Record<string, unknown>): boolean {
  if (lane.duplicates !== 'row') return false;
  const names = [lane.id, ...lane.key, ...(lane.version === undefined ? [] : [lane.version])];
  const token = names.map(column => values[column] ?? column).join('|');
  const known = versionsSeen.has(token);
  versionsSeen.add(token);
  return known;
}
