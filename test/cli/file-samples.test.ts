import { join } from 'node:path';
import type { Cloud } from '#cli/demo/cloud.ts';
import { runSamples } from '#cli/demo/run-samples.ts';
import { samplesOf } from '#cli/demo/samples.ts';
import { addCase, integrationWith, root } from './sample-case.ts';

const tally = { received: 2, published: 1, duplicate: 0, quarantined: 1, rejected: 0, skipped: 0 };
const outcome = { file: 'a.csv', state: 'partial', tally, rows: [{ line: 2, code: 'RAGGED_ROW' }] };
const expected = {
  about: 'One row of two.',
  drops: ['a.csv', 'a.csv.sha256'],
  outcomes: [outcome],
  events: [{ type: 'a.b.created.v1', subject: '1', data: { id: '1' } }],
};
const caseOf = (change: object = {}) => ({
  'a.csv': 'id\n1\n',
  'a.csv.sha256': '',
  'expected.json': JSON.stringify({ ...expected, ...change }),
});

const reading = (files: Readonly<Record<string, string>>) => () => samplesOf(integrationWith(files), root);

describe('samples of a lane', () => {
  it('are read by case, the good ones first and the broken last', () => {
    const id = integrationWith(caseOf(), 'broken');
    for (const name of ['dirty', 'again', 'more', 'good']) addCase(id, name, caseOf());
    const samples = samplesOf(id, root);
    expect(samples.map(({ name }) => name)).toEqual(['good', 'again', 'more', 'dirty', 'broken']);
    const folder = join(root, id, 'samples', 'good');
    expect(samples[0]).toEqual({ ...expected, integration: id, name: 'good', folder });
  });

  it('that are not there are asked for, with the guide that says how', () => {
    expect(() => samplesOf('none', root)).toThrow(
      /none\/samples: the lane has no samples.*<case>\/expected\.json.*docs\/guides\/add-a-partner\.md/,
    );
  });

  it.each(['about', 'drops', 'outcomes', 'events'])('that say no %s are told so, with the file', part => {
    const message = new RegExp(`first/expected\\.json: .*it is missing.*at ${part}`, 's');
    expect(reading(caseOf({ [part]: undefined }))).toThrow(message);
  });

  it.each<[string, object, RegExp]>([
    ['lacks a part', { ...outcome, tally: undefined }, /at outcomes\[0\]\.tally/],
    ['has a state that no file ends in', { ...outcome, state: 'done' }, /at outcomes\[0\]\.state/],
    [
      'does not balance',
      { ...outcome, tally: { ...tally, received: 3 } },
      /3 received, but 2 with an outcome/,
    ],
    ['does not list its quarantined rows', { ...outcome, rows: [] }, /1 are quarantined, but 0 listed/],
    ['is of no drop', { ...outcome, file: 'b.csv' }, /b\.csv has an outcome, but is not dropped/],
  ])('of which an outcome %s are told so', (_, changed, message) => {
    expect(reading(caseOf({ outcomes: [changed] }))).toThrow(message);
  });

  it('of which a drop has no outcome, or is not there, are told so', () => {
    const drops = [...expected.drops, 'b.csv'];
    expect(reading(caseOf({ drops }))).toThrow(/b\.csv is dropped, but has no outcome/);
    const outcomes = [outcome, { ...outcome, file: 'b.csv' }];
    expect(reading(caseOf({ drops, outcomes }))).toThrow(/first: the sample has no b\.csv/);
  });
});

test('a run counts lanes whose samples cannot be read among what is wrong, each by its name', async () => {
  const lanes = [{ id: 'no-such-lane' }, { id: 'nor-this' }];
  const run = await runSamples({ description: { lanes } } as unknown as Cloud, () => undefined);
  expect(run.lines).toEqual([]);
  expect(run.differences).toEqual(
    lanes.map(({ id }) => expect.stringContaining(`integrations/${id}/samples`)),
  );
});
