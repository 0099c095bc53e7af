import { readFileSync } from 'node:fs';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { callerOf, type Told, tellStory } from './oracles/kinesis-story.ts';
import { stateDirectory, writeAssembly } from './support/assembly.ts';

/**
 * What two others told, written down by `oracles/record-kinesis.ts`: kinesalite, which was made by asking AWS, and kinesis-local,
 * which knows what came since.
 */
const oracles = ['kinesalite', 'kinesis-local'].map(
  name =>
    new Map<string, unknown>(JSON.parse(readFileSync(`test/local/oracles/${name}.json`, 'utf8')) as Told),
);

/** Newer than both: Kinesis tells more of a stream. Source: Amazon Kinesis Data Streams API reference. */
const newer: Readonly<Record<string, readonly string[]>> = {
  streams: ['StreamSummaries'],
  'a stream': ['MaxRecordSizeInKiB'],
  'a stream in short': ['MaxRecordSizeInKiB'],
};

const state = stateDirectory();
let cloud: LocalCloud;

beforeAll(async () => {
  const assemblyDir = writeAssembly({
    crm: {
      Resources: { Any: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'any', ShardCount: 1 } } },
    },
  });
  cloud = await startLocalCloud({ assemblyDir, stateDir: state.path });
}, 60_000);

afterAll(async () => {
  await cloud.stop();
  state.remove();
});

/** Without the members of these names, anywhere. */
const without = (value: unknown, names: readonly string[]): unknown =>
  JSON.parse(JSON.stringify(value, (name, member) => (names.includes(name) ? undefined : member)));

test('the local Kinesis tells the same as one or the other Kinesis that others made', async () => {
  const told = await tellStory(callerOf(cloud.description.endpoints.kinesis));
  expect(told.map(([asked]) => asked)).toEqual([...(oracles[0]?.keys() ?? [])]);
  for (const [asked, came] of told) {
    const known = oracles.map(oracle => oracle.get(asked));
    const ours = without(came, newer[asked] ?? []);
    const agreed = known.find(answer => JSON.stringify(sorted(answer)) === JSON.stringify(sorted(ours)));
    expect([asked, ours]).toEqual([asked, agreed ?? known[0]]);
  }
});

/** With the members of objects in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, member]) => [name, sorted(member)]),
  );
}
