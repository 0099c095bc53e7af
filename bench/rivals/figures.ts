import { median } from '../run-subject.ts';
import type { Contender } from './contenders.ts';
import { dollarsAMillion } from './dollars.ts';
import { type CallsMeasurement, cpuOfUnit } from './subject.ts';

/** One line of the table. All but memory is of one unit (a row, a change, a request), or of a thousand. */
export interface Figures {
  readonly name: string;
  /** Microseconds. */
  readonly cpu: number;
  readonly cpuWithoutCalls: number | undefined;
  /** How many times the CPU of this a rival takes. */
  readonly ratios: Readonly<Record<string, number>>;
  readonly callsAThousand: Readonly<Record<string, number>>;
  readonly dollarsAMillion: number;
  readonly peakRssBytes: number;
}

/** Of a contender's runs. */
export interface Runs {
  readonly contender: Contender;
  readonly runs: readonly CallsMeasurement[];
  readonly withoutCalls: number | undefined;
}

export function figuresOf(all: readonly Runs[]): readonly Figures[] {
  const cpus = new Map(all.map(({ contender, runs }) => [contender.name, median(runs.map(cpuOfUnit))]));
  return all.map(({ contender: { name, rivals = [] }, runs, withoutCalls }) => {
    const cpu = cpus.get(name) ?? 0;
    return {
      name,
      cpu,
      cpuWithoutCalls: withoutCalls,
      ratios: Object.fromEntries(rivals.map(rival => [rival, (cpus.get(rival) ?? 0) / cpu])),
      callsAThousand: callsOf(runs[0]),
      dollarsAMillion: median(runs.map(dollarsAMillion)),
      peakRssBytes: median(runs.map(({ peakRssBytes }) => peakRssBytes)),
    };
  });
}

const callsOf = (run: CallsMeasurement | undefined): Record<string, number> =>
  Object.fromEntries(
    Object.entries(run?.calls ?? {}).map(([name, count]) => [name, (count / (run?.units ?? 1)) * 1_000]),
  );
