import { readdirSync } from 'node:fs';
import { eventsOf } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceSamplesOf } from '#cli/demo/fence-samples.ts';
import { SamplesProblem } from '#cli/demo/samples-problem.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import { Provider } from './fence-provider.ts';
import { readSamples } from './read-samples.ts';

const fences = ofKind(await loadSoundContracts(), 'webhook-fence');

describe.each(fences.map(fence => [fence.id, fence] as const))('samples of %s', (id, fence) => {
  const samples = readSamples(fenceSamplesOf, id);

  it('are there, and can be read', () => {
    if (samples instanceof SamplesProblem) throw samples;
  });

  if (samples instanceof SamplesProblem) return;

  it('show good, dirty and broken requests', () => {
    expect(samples.map(sample => sample.name)).toEqual(expect.arrayContaining(['good', 'dirty', 'broken']));
  });

  it.each(samples.map(sample => [sample.name, sample] as const))(
    '%s: send every file that lies there',
    (_, sample) => {
      const files = readdirSync(sample.folder).filter(file => file !== 'expected.json');
      expect([...new Set(sample.requests.map(request => request.file))].sort()).toEqual(files.sort());
    },
  );

  it('make each of the fence’s events at least once', () => {
    const made = new Set(samples.flatMap(sample => sample.events.map(({ type }) => type)));
    expect([...made].sort()).toEqual(
      eventsOf(fence)
        .map(event => event.type)
        .sort(),
    );
  });

  it.each(samples.map(sample => [sample.name, sample] as const))(
    '%s: come out as expected, each repeat as a duplicate',
    async (_, sample) => {
      const provider = new Provider(fence);
      for (const [i, request] of sample.requests.entries()) {
        expect(await provider.send(sample, request)).toEqual(sample.outcomes[i]);
        for (let again = 0; again < (request.repeat ?? 0); again++)
          expect(await provider.send(sample, request)).toMatchObject({ outcome: 'duplicate' });
      }
      const events = provider.simulator.events();
      expect(events.map(({ type, subject, data }) => ({ type, subject, data }))).toEqual(sample.events);
    },
  );
});
