import { join } from 'node:path';
import { eventDifferences, outcomeDifferences } from './check-sample.ts';
import type { Cloud } from './cloud.ts';
import type { FileLine } from './outcome-table.ts';
import { dropsByFile, type Sample, samplesOf } from './samples.ts';
import { tellProblem } from './tell-problem.ts';
import { waitSettled } from './wait-settled.ts';

export interface SamplesRun {
  readonly lines: readonly FileLine[];
  /** What did not come out as the samples say, samples that are missing or cannot be read, and what never settled. */
  readonly differences: readonly string[];
}

/** Drops every integration's samples, lanes side by side, files of a lane one after the other; `show` sees each change. */
export async function runSamples(
  cloud: Cloud,
  show: (lines: readonly FileLine[]) => void,
): Promise<SamplesRun> {
  const lines: FileLine[] = [];
  const differences: string[] = [];
  const runLane = async (id: string) => {
    for (const sample of samplesOf(id))
      differences.push(...(await runSample(cloud, sample, { lines, show: () => show(lines) })));
  };
  const lanes = cloud.description.lanes.map(({ id }) =>
    tellProblem(runLane(id), problem => differences.push(problem)),
  );
  await Promise.all(lanes);
  return { lines, differences };
}

interface Shown {
  readonly lines: FileLine[];
  readonly show: () => void;
}

async function runSample(cloud: Cloud, sample: Sample, { lines, show }: Shown): Promise<string[]> {
  const lane = cloud.lane(sample.integration);
  const ids = new Set<string>();
  const found: string[] = [];
  for (const { outcome, drops } of dropsByFile(sample)) {
    const line: FileLine = { lane: lane.id, file: outcome.file };
    lines.push(line);
    show();
    const begun = Date.now();
    for (const name of drops) await cloud.drop(lane, join(sample.folder, name), name);
    const handoff = await waitSettled(cloud, {
      key: lane.inPrefix + outcome.file,
      known: ids,
      see: seen => {
        line.handoff = seen;
        show();
      },
    });
    ids.add(handoff.id);
    line.milliseconds = Date.now() - begun;
    line.differences = outcomeDifferences(outcome, handoff, await cloud.acknowledgement(lane, outcome.file));
    found.push(
      ...line.differences.map(difference => `${lane.id}/${sample.name}/${outcome.file}: ${difference}`),
    );
    show();
  }
  return [
    ...found,
    ...eventDifferences(sample, await cloud.events(), ids).map(
      difference => `${lane.id}/${sample.name}: ${difference}`,
    ),
  ];
}
