import { join } from 'node:path';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { Cloud } from '#cli/demo/cloud.ts';
import { fenceSamplesOf } from '#cli/demo/fence-samples.ts';
import { runFenceSamples } from '#cli/demo/run-fence-samples.ts';
import { integrationWith, root } from './sample-case.ts';

const expected = {
  about: 'One that is not signed.',
  requests: [{ file: 'a.json', tamper: 'unsigned', repeat: 1 }],
  outcomes: [{ status: 401, outcome: 'rejected', code: 'NO_SIGNATURE' }],
  events: [],
};
const caseOf = (change: object = {}) => ({
  'a.json': '{}',
  'expected.json': JSON.stringify({ ...expected, ...change }),
});

const reading = (change: object) => () => fenceSamplesOf(integrationWith(caseOf(change)), root);

describe('samples of a fence', () => {
  it('are read by case', () => {
    const id = integrationWith(caseOf());
    const folder = join(root, id, 'samples', 'first');
    expect(fenceSamplesOf(id, root)).toEqual([{ ...expected, integration: id, name: 'first', folder }]);
  });

  it('that are not there are asked for, with the guide that says how', () => {
    expect(() => fenceSamplesOf('none', root)).toThrow(
      /none\/samples: the fence has no samples.*<case>\/expected\.json.*docs\/guides\/receive-webhooks\.md/,
    );
  });

  it.each(['about', 'requests', 'outcomes', 'events'])('that say no %s are told so, with the file', part => {
    expect(reading({ [part]: undefined })).toThrow(new RegExp(`first/expected\\.json: .*${part}`, 's'));
  });

  it.each<[string, object, RegExp]>([
    ['a file that is not there', { requests: [{ file: 'b.json' }] }, /first: the sample has no b\.json/],
    [
      'a tampering that nobody knows',
      { requests: [{ file: 'a.json', tamper: 'all' }] },
      /at requests\[0\]\.tamper/,
    ],
    ['an outcome too many', { outcomes: [...expected.outcomes, ...expected.outcomes] }, /2 for 1 requests/],
  ])('that name %s are told so', (_, change, message) => {
    expect(reading(change)).toThrow(message);
  });
});

test('a run counts fences whose samples cannot be read among what is wrong, each by its name', async () => {
  const fences = [{ id: 'no-such-fence' }, { id: 'nor-this' }];
  const run = await runFenceSamples({} as Cloud, fences as WebhookFence[], () => undefined);
  expect(run.lines).toEqual([]);
  expect(run.differences).toEqual(
    fences.map(({ id }) => expect.stringContaining(`integrations/${id}/samples`)),
  );
});
