import type { SimulationCase } from '#shared/contract/simulation-case.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';

/** What is known of a sample's record. */
export interface RecordFacts {
  /** `published`: as one event. */
  readonly outcome: 'published' | 'quarantined' | 'other';
  readonly code?: string | undefined;
  /** Whether DMS names its transaction, so that the change has one name however often it is written. Of other logs every change has. */
  readonly isNamed: boolean;
}

/** How the records of one call end: how many of each outcome, or the code of the refusal. */
export interface RecordsEnd {
  readonly published?: number;
  /** Events that were published before, under the same ids. */
  readonly repeated?: number;
  readonly duplicate?: number;
  readonly quarantined?: number;
  readonly code?: string | undefined;
}

/** One record of a simulated database. */
export interface SimulatedRecord {
  /** Place of its sample in those that were given. */
  readonly sample: number;
  /** Where it is in the log: records of one case with the same number are the same change. */
  readonly position: number;
  readonly committedSecondsAgo: number;
  /** `cut`: its JSON ends in the middle. `other-table`: it is of a table that the contract does not name. */
  readonly change?: 'cut' | 'other-table';
}

/** Records that are written in one call. */
export interface SimulatedWrite {
  readonly records: readonly SimulatedRecord[];
  /** By somebody without permissions. */
  readonly isStranger?: true;
  /** Each of these is right. */
  readonly expected: readonly RecordsEnd[];
}

export interface FeedSimulation {
  readonly name: SimulationCase;
  /** What the database or its connector does, for people. */
  readonly about: string;
  readonly writes: readonly SimulatedWrite[];
}

const lateSeconds = 3_600;

/** What codes of a quarantined change other cases stand for. */
const ofOtherCases = ['UNDECODABLE_CHANGE', 'UNKNOWN_ENTITY'];

const published: RecordsEnd = { published: 1 };

/**
 * A database's good and bad days, from the contract and its samples. Left out is what the samples do not show, and what the stream of a
 * table cannot do: it brings each change once, in order, as AWS writes it.
 */
export function feedSimulations(
  { source, skipTables }: Pick<CdcFeed, 'source' | 'skipTables'>,
  samples: readonly RecordFacts[],
): readonly FeedSimulation[] {
  const good = samples.findIndex(({ outcome }) => outcome === 'published');
  const refused = samples.findIndex(
    ({ outcome, code = '' }) => outcome === 'quarantined' && !ofOtherCases.includes(code),
  );
  if (good < 0) return [];
  const record: SimulatedRecord = { sample: good, position: 0, committedSecondsAgo: 0 };
  const one = (
    name: SimulationCase,
    about: string,
    written: Partial<SimulatedRecord>,
    end: RecordsEnd = published,
  ): FeedSimulation => ({
    ...{ name, about },
    writes: [{ records: [{ ...record, ...written }], expected: [end] }],
  });
  const code = samples[refused]?.code;
  const cases: readonly FeedSimulation[] = [
    one('success', 'writes a good change', {}),
    ...(refused < 0
      ? []
      : [
          one(
            'rejection',
            'writes a change that the contract refuses',
            { sample: refused },
            { quarantined: 1, code },
          ),
        ]),
    one('delay', 'writes a change an hour after its commit', { committedSecondsAgo: lateSeconds }),
    ...repeats(record, samples[good]?.isNamed ?? true),
    {
      ...{ name: 'reordering', about: 'writes the later of two changes first' },
      writes: [
        {
          records: [
            { ...record, position: 1 },
            { ...record, committedSecondsAgo: 1 },
          ],
          expected: [{ published: 2 }],
        },
      ],
    },
    one(
      'malformed',
      'writes a record that is cut',
      { change: 'cut' },
      { quarantined: 1, code: 'UNDECODABLE_CHANGE' },
    ),
    {
      ...{ name: 'unauthorised', about: 'writes without permission' },
      writes: [{ records: [record], isStranger: true, expected: [{ code: 'AccessDeniedException' }] }],
    },
    one(
      'unknown',
      'writes a change of a table that the contract does not name',
      { change: 'other-table' },
      { quarantined: 1, code: 'UNKNOWN_ENTITY' },
    ),
  ];
  return cases.filter(({ name }) => isPossible(name, source.kind, Object.keys(skipTables)));
}

/** A connector that did not learn that its record was taken writes it again. */
function repeats(record: SimulatedRecord, isNamed: boolean): readonly FeedSimulation[] {
  const again: RecordsEnd = isNamed ? { repeated: 1 } : published;
  const both: readonly RecordsEnd[] = isNamed
    ? [
        { published: 1, duplicate: 1 },
        { published: 1, repeated: 1 },
      ]
    : [{ published: 2 }];
  return [
    {
      ...{ name: 'timeout', about: 'gets no answer, and writes the change again later' },
      writes: [
        { records: [record], expected: [published] },
        { records: [record], expected: [again] },
      ],
    },
    {
      ...{ name: 'duplicate', about: 'writes one change twice at once' },
      writes: [{ records: [record, record], expected: both }],
    },
  ];
}

const ofTableStreams: readonly SimulationCase[] = ['success', 'rejection', 'unauthorised'];

/** A feed that skips any table knows all of them; DMS writes in the order of commits. */
function isPossible(
  name: SimulationCase,
  source: CdcFeed['source']['kind'],
  skipped: readonly string[],
): boolean {
  if (source === 'dynamodb') return ofTableStreams.includes(name);
  if (name === 'reordering') return source === 'debezium';
  return name !== 'unknown' || !skipped.some(table => table.includes('*'));
}
