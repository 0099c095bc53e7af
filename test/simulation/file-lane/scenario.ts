import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import type { Bounds } from '#adapters/file-lane/flow/work.ts';
import { limits } from '#shared/contract/limits.ts';
import { laneWith } from '#test/file-lane/flow/lanes.ts';
import { sha256 } from '#test/file-lane/flow/simulator.ts';
import type { Random } from '../shared/random.ts';

/** What a row is, as its generator knows. */
export interface TrueRow {
  readonly kind: 'good' | 'bad' | 'skipped';
  readonly id: string;
  readonly version: number;
  readonly amount: string;
}

/** A file's records. Its text is made of them, never read back. */
export interface Content {
  readonly rows: readonly TrueRow[];
  readonly text: string;
}

export interface Drop {
  /** With the suffixes of its form. */
  readonly name: string;
  readonly content: Content;
  readonly form: Form;
  readonly afterSeconds: number;
  /** The partner takes the file away again so long after it was dropped. */
  readonly erasedAfterMilliseconds?: number | undefined;
}

/** How a file's text is packed on its way. */
export type Form = 'plain' | 'gzip' | 'zip' | 'pgp';

export interface Scenario {
  readonly lane: FileLane;
  /** A deployment that changes the contract. */
  readonly deployment?: Deployment | undefined;
  readonly bounds: Bounds;
  readonly pieceBytes: number;
  readonly drops: readonly Drop[];
}

export interface Deployment {
  readonly afterSeconds: number;
  readonly lane: FileLane;
}

/** In every row; no log line may hold it. */
export const personal = 'Erika-Mustermann';

/** A random contract, and files whose truth is known. */
export function makeScenario(random: Random): Scenario {
  const form = random.pick([
    'plain',
    'plain',
    'plain',
    'plain',
    'gzip',
    'zip',
    random.chance(0.2) ? 'pgp' : 'gzip',
  ] as const);
  const spec = laneSpec(random, form);
  const lane = laneWith(spec);
  const contents = Array.from({ length: random.between(1, 3) }, (_, c) => makeContent(random, lane, c));
  return {
    lane,
    deployment: random.chance(0.25) ? deploymentOf(random, spec) : undefined,
    bounds: {
      ...limits,
      chunkBytesMax: random.pick([150, 400, 2_000, 10_000]),
      checkpointRecordsMax: random.pick([1, 3, 10, 2_000]),
      sectionBytesMin: random.pick([1, 200, limits.sectionBytesMin]),
    },
    pieceBytes: random.pick([61, 500, 65_536]),
    drops: contents.flatMap((content, c) => dropsOf(random, { content, c, contents, form })),
  };
}

type Spec = NonNullable<Parameters<typeof laneWith>[0]>;

function laneSpec(random: Random, form: Form): Spec {
  const rowWise = random.chance(0.5);
  const how = random.pick(['version', 'writeOnce', 'last'] as const);
  const hasTrailer = random.chance(0.3);
  return {
    duplicates: rowWise ? 'row' : 'file',
    ...(rowWise && how === 'version' && { version: 'version' }),
    ...(rowWise && how === 'writeOnce' && { writeOnce: { reason: 'Items never change.' } }),
    ...(random.chance(0.2) && { publish: 'batch' }),
    maxInvalidShare: random.pick([0, 0.3, 1, 1]),
    ...(random.chance(0.3) && { controlTotals: ['amount'] }),
    skip: [{ reason: 'A test row of the partner.', when: row => row.note.startsWith('skip') }],
    delivery: {
      folder: 'shop',
      name: 'items_{digits}.csv',
      ...(random.chance(0.25) && { startsOn: 'sidecar' }),
      ...((form === 'gzip' || form === 'zip') && { compression: ['gzip', 'zip'] }),
      ...(form === 'pgp' && { security: { encryption: 'pgp' } }),
    },
    format: {
      delimiter: random.pick([',', ';', '|']),
      header: random.pick(['by-name', 'none']),
      ...(random.chance(0.2) && { comment: '#' }),
      ...(hasTrailer && { trailer: { startsWith: 'TRL', records: 2 } }),
    },
  };
}

/** What may change while files are in work: which files are taken, and how their events share entries. */
const deploymentOf = (random: Random, spec: Spec): Deployment => ({
  afterSeconds: random.chance(0.5) ? random.between(0, 10) : random.between(10, 3_600),
  lane: laneWith({
    ...spec,
    maxInvalidShare: random.pick([0, 0.3, 1]),
    publish: random.pick(['single', 'batch']),
  }),
});

/** Ids are of one content alone, unless rows are compared: then a key comes again, with the same values or with corrected ones. */
function makeContent(random: Random, lane: FileLane, c: number): Content {
  const share = random.pick([0, 0, 0.1, 0.5]);
  const shared = lane.duplicates === 'row';
  const from = shared ? random.between(0, 10) : 0;
  const amountOf = amounts(random, lane, c);
  const rows = Array.from({ length: random.between(1, 30) }, (_, i): TrueRow => {
    const kind = random.chance(share) ? 'bad' : random.chance(0.1) ? 'skipped' : 'good';
    const version = lane.version ? random.between(1, 3) : 1;
    return { kind, id: shared ? `i${from + i}` : `c${c}i${i}`, version, amount: amountOf(version) };
  });
  return { rows, text: textOf(rows, lane) };
}

/** Where a version, or a row that is written once, comes with other values, both are in conflict. */
function amounts(random: Random, lane: FileLane, c: number): (version: number) => string {
  const share = lane.duplicates === 'row' ? random.pick([0, 0, 0.3]) : 0;
  return version => `${version}.${random.chance(share) ? c + 3 : 1}`;
}

export function textOf(rows: readonly TrueRow[], lane: FileLane): string {
  const { delimiter, header, comment, trailer } = lane.dialect;
  const lines = rows.map(({ kind, id, version, amount }) => {
    const note = kind === 'skipped' ? `skip ${personal}` : `note ${id} ${personal}`;
    return [id, version, note, kind === 'bad' ? 'much' : amount].join(delimiter);
  });
  if (header === 'by-name') lines.unshift(['id', 'version', 'note', 'amount'].join(delimiter));
  if (comment) lines.splice(1, 0, `${comment} a remark`);
  if (trailer) lines.push(['TRL', rows.length].join(delimiter));
  return `${lines.join('\n')}\n`;
}

interface Dropping {
  readonly content: Content;
  readonly c: number;
  readonly contents: readonly Content[];
  readonly form: Form;
}

/** Each content comes once to three times, under its own name or another, and sometimes under a name that another one had. */
function dropsOf(random: Random, { content, c, contents, form }: Dropping): Drop[] {
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, time) => ({
    name: `${
      random.chance(0.3) ? `items_${random.between(1, contents.length)}.csv` : `items_${c + 1}${time}.csv`
    }${suffixes[form]}`,
    content,
    form,
    afterSeconds: random.chance(0.3) ? c : random.between(0, 3_600),
    erasedAfterMilliseconds: random.chance(0.08) ? random.between(0, 2_000) : undefined,
  }));
}

const suffixes: Readonly<Record<Form, string>> = { plain: '', gzip: '.gz', zip: '.zip', pgp: '.pgp' };

export const sidecarOf = (bytes: Uint8Array, name: string): string => `${sha256(bytes)}  ${name}\n`;
