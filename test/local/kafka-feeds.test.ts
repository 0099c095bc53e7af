import { inertSummary } from '#local/inert-summary.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { feedContracts } from '../infra/fixtures/feeds.ts';
import { fixtureApp } from '../infra/fixtures/synthesised.ts';
import { stateDirectory } from './support/assembly.ts';

const state = stateDirectory();
let cloud: LocalCloud;

beforeAll(async () => {
  const { directory } = fixtureApp({}, feedContracts).synth();
  cloud = await startLocalCloud({ assemblyDir: directory, stateDir: state.path });
}, 60_000);

afterAll(async () => {
  await cloud?.stop();
  state.remove();
});

test('an app with a feed of Kafka comes up, with that feed beside the others', () => {
  expect(cloud.description.feeds.map(({ id, kind }) => [id, kind])).toEqual([
    ['depot-changes', 'kinesis'],
    ['depot-shelves', 'dynamodb'],
    ['depot-topics', 'kafka'],
  ]);
});

test('what is left out begins with the feed whose topics are not read', () => {
  const [first] = inertSummary(cloud.inert).split('\n');
  expect(first).toMatch(
    /^left out, there is no Kafka on this machine, so topics are not read: feed depot-topics/,
  );
});
