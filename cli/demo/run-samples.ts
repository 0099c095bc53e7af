import { join } from 'node:path';
import { eventDifferences, outcomeDifferences } from './check-sample.ts';
import type { Cloud } from './cloud.ts';
import { correctedRows } from './corrected-rows.ts';
import type { ExpectedOutcome } from './file-sample-shape.ts';
import type { FileLine } from './outcome-table.ts';
import { dropsByFile, type Sample, samplesOf } from './samples.ts';
import { tellProblem } from './tell-problem.ts';
import { waitSettled } from './wait-settled.ts';

/** A message whose work was killed or denied comes again after minutes. */
const chaosPatienceSeconds = 600;

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

/** A file, or a file of corrected rows. */
interface SampleDrop {
  readonly outcome: ExpectedOutcome;
  readonly key: string;
  drop(): Promise<void>;
}

function dropsOf(cloud: Cloud, sample: Sample): readonly SampleDrop[] {
  const lane = cloud.lane(sample.integration);
  const files = dropsByFile(sample).map(({ outcome, drops }) => ({
    outcome,
    key: lane.inPrefix + outcome.file,
    async drop() {
      for (const name of drops) await cloud.drop(lane, join(sample.folder, name), name);
    },
  }));
  const corrected = (sample.corrections ?? []).map(({ of, cells, outcome }) => ({
    outcome,
    key: lane.fixedPrefix + outcome.file,
    async drop() {
      const rejected = await cloud.rejectedRows(lane, of);
      await cloud.write(lane.fixedPrefix + outcome.file, Buffer.from(correctedRows(rejected, cells)));
    },
  }));
  return [...files, ...corrected];
}

async function runSample(cloud: Cloud, sample: Sample, { lines, show }: Shown): Promise<string[]> {
  const lane = cloud.lane(sample.integration);
  const ids = new Set<string>();
  const found: string[] = [];
  for (const { outcome, key, drop } of dropsOf(cloud, sample)) {
    const line: FileLine = { lane: lane.id, file: outcome.file };
    lines.push(line);
    show();
    const begun = Date.now();
    await drop();
    const handoff = await waitSettled(cloud, {
      key,
      known: ids,
      ...(cloud.hasChaos && { patienceSeconds: chaosPatienceSeconds }),
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
  const events = [...sample.events, ...(sample.corrections ?? []).flatMap(one => one.events)];
  const allEvents = { events };
  return [
    ...found,
    ...eventDifferences(allEvents, await cloud.events(), ids).map(
      difference => `${lane.id}/${sample.name}: ${difference}`,
    ),
  ];
}
