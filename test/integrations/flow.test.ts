import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { correctedRows } from '#cli/demo/corrected-rows.ts';
import type { ExpectedOutcome } from '#cli/demo/file-sample-shape.ts';
import type { ExpectedEvent } from '#cli/demo/sample-shapes.ts';
import { type Sample, samplesOf } from '#cli/demo/samples.ts';
import { SamplesProblem } from '#cli/demo/samples-problem.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import { LaneSimulator } from '../file-lane/flow/simulator.ts';
import { readSamples } from './read-samples.ts';

const lanes = ofKind(await loadSoundContracts(), 'file-lane');

describe.each(lanes.map(lane => [lane.id, lane] as const))(
  'the samples of %s, through the flow',
  (id, lane) => {
    const samples = readSamples(samplesOf, id);

    it('are there, and can be read', () => {
      if (samples instanceof SamplesProblem) throw samples;
    });

    if (samples instanceof SamplesProblem) return;

    it.each(samples.map(sample => [sample.name, sample] as const))('%s', async (_, sample) => {
      const simulator = new LaneSimulator(lane);
      await dropAll(simulator, sample);
      expect(sample.outcomes.map(({ file }) => outcomeOf(simulator, lane, file))).toEqual(
        sample.outcomes.map(outcome => ({ ...outcome, rows: outcome.rows ?? [] })),
      );
      expect(simulator.events().map(asSample)).toEqual([...sample.events, ...eventsOfCorrections(sample)]);
      for (const { outcome } of sample.corrections ?? [])
        expect(outcomeOf(simulator, lane, outcome.file)).toEqual({ ...outcome, rows: outcome.rows ?? [] });
      expect(simulator.deadLetters).toEqual([]);
    });

    it('come out the same when all are dropped into one cloud', async () => {
      const simulator = new LaneSimulator(lane);
      for (const sample of samples) await dropAll(simulator, sample);
      expect(simulator.events().map(asSample)).toEqual(
        samples.flatMap(sample => [...sample.events, ...eventsOfCorrections(sample)]),
      );
      expect(simulator.handoffs().map(handoff => handoff.state)).toEqual(
        samples.flatMap(({ outcomes, corrections = [] }) =>
          [...outcomes, ...corrections.map(({ outcome }) => outcome)].map(({ state }) => state),
        ),
      );
    });
  },
);

/** One after the other and at once, as a partner does who drops a file and what announces it. */
async function dropAll(simulator: LaneSimulator, sample: Sample): Promise<void> {
  for (const name of sample.drops) simulator.drop(name, readFileSync(join(sample.folder, name)));
  await simulator.run();
  const { files } = simulator.ports;
  for (const { of, cells, outcome } of sample.corrections ?? []) {
    const [key = ''] = files.keys('inbound').filter(one => one.endsWith(`/ack/${of}.rejected.csv`));
    const corrected = correctedRows(files.bytes('inbound', key), cells);
    simulator.drop(outcome.file, corrected, { folder: 'fixed' });
    await simulator.run();
  }
}

const eventsOfCorrections = ({ corrections = [] }: Sample): readonly ExpectedEvent[] =>
  corrections.flatMap(({ events }) => events);

/** What the acknowledgement and the quarantine report say, in a sample's words. */
function outcomeOf(simulator: LaneSimulator, lane: FileLane, file: string): ExpectedOutcome {
  const ack = simulator.ack(file) as {
    correlationId: string;
    state: ExpectedOutcome['state'];
    counts: ExpectedOutcome['tally'];
    fault: { code: string } | null;
  };
  return {
    file,
    state: ack.state,
    tally: ack.counts,
    // A sample names faults that reject a file. A duplicate is told as one, but nothing is wrong.
    ...(ack.fault && ack.state !== 'duplicate' && { fault: ack.fault.code }),
    rows: quarantined(simulator, `${lane.id}/${ack.correlationId}/rows.jsonl`),
  };
}

function quarantined(simulator: LaneSimulator, key: string): NonNullable<ExpectedOutcome['rows']> {
  const { files } = simulator.ports;
  if (!files.keys('quarantine').includes(key)) return [];
  const lines = files.text('quarantine', key).trim().split('\n');
  return lines.map(text => {
    const { line, column, code } = JSON.parse(text);
    return column === null ? { line, code } : { line, column, code };
  });
}

const asSample = (event: Record<string, unknown>): ExpectedEvent => ({
  type: String(event.type),
  subject: String(event.subject),
  data: event.data as ExpectedEvent['data'],
});
