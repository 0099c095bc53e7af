import { benchFile } from '../files.ts';
import { runSubject, runSubjectIn } from '../run-subject.ts';
import type { FeedCpu } from '../subjects/feed.ts';
import type { FenceCpu } from '../subjects/fence.ts';
import type { Measurement } from '../subjects/measured.ts';
import { cpuOfUnit } from './subject.ts';

/** What is measured, beside what it is compared with. */
export interface Contender {
  readonly name: string;
  readonly subject: string;
  /** What the warm-up and the measured run take; a number of rows is a file of so many. */
  readonly of: 'rows' | 'batches' | 'requests';
  readonly warmUp: number;
  readonly measured: number;
  readonly more?: readonly string[];
  readonly rivals?: readonly string[];
  /** CPU a unit without calls, where it can be measured. */
  readonly alone?: (files: Readonly<Record<string, string>>) => Promise<number>;
}

/** A rival with clients that call nobody. */
const silent =
  (subject: string, args: readonly string[]) => async (files: Readonly<Record<string, string>>) =>
    cpuOfUnit(await runSubjectIn({ ...files, BENCH_CALLS: 'none' }, subject, args));

/** The file that rivals read without calls. */
export const aloneKey = 'alone-2000.csv';

const rival = (name: string, subject: string): Contender => ({
  ...{ name, subject, of: 'rows', warmUp: 1_000, measured: 2_000 },
  ...(subject !== 'rival-idempotent' && { alone: silent(subject, [aloneKey, aloneKey]) }),
});

const rivals = [
  rival('(a) file whole, an event a call', 'rival-whole-file'),
  rival('(b) Powertools a row, ten a call', 'rival-idempotent'),
  rival('(c) streamed, ten a call', 'rival-streaming'),
];

const lane = (form: 'single' | 'batch'): Contender => ({
  ...{
    name: `lane, ${form}`,
    subject: 'lane-calls',
    of: 'rows',
    warmUp: 1_000,
    measured: 20_000,
    more: [form],
  },
  rivals: rivals.map(({ name }) => name),
  alone: async () => {
    const { root } = await benchFile('rows-20000', { rows: 20_000 });
    const { cpuMicroseconds, rows } = await runSubject<Measurement>('lane', root, form);
    return cpuMicroseconds / rows;
  },
});

const changes: Contender = {
  ...{ name: '(c) changes, ten a call', subject: 'rival-changes', of: 'batches', warmUp: 1, measured: 4 },
  alone: silent('rival-changes', ['1', '4']),
};

const feed = (form: 'single' | 'batch'): Contender => ({
  ...{ name: `feed, ${form}`, subject: 'feed-calls', of: 'batches', warmUp: 1, measured: 10, more: [form] },
  rivals: [changes.name],
  alone: async () => (await runSubject<FeedCpu>('feed', 'Debezium without schema')).whole,
});

const fence: Contender = {
  ...{ name: 'fence, a shipment', subject: 'fence-calls', of: 'requests', warmUp: 200, measured: 1_000 },
  alone: async () => (await runSubject<FenceCpu>('fence', 'fleet')).whole,
};

export const contenders: readonly Contender[] = [
  ...rivals,
  lane('single'),
  lane('batch'),
  changes,
  feed('single'),
  feed('batch'),
  fence,
];
