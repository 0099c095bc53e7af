import { inspect } from 'node:util';
import pc from 'picocolors';
import type { CloudDescription } from '#local/cloud-description.ts';
import type { Cloud, EventLine } from './cloud.ts';
import { countEach, type DemoProps, type DemoRun } from './kind-demo.ts';
import { type FileLine, outcomeTable } from './outcome-table.ts';
import { runSamples } from './run-samples.ts';

/** Drops the samples of every lane. */
export async function demonstrateLanes({ cloud, tick }: DemoProps): Promise<DemoRun | undefined> {
  if (cloud.description.lanes.length === 0) return undefined;
  let settled = 0;
  const { lines, differences } = await runSamples(cloud, now => {
    for (; settled < settledOf(now); settled++) tick();
  });
  return {
    count: lines.length,
    unit: 'files',
    ends: countEach(lines.map(({ handoff }) => handoff?.state ?? 'unsettled')),
    table: outcomeTable(byLane(lines)),
    differences,
    notes: [],
    details: () => showAnswer(cloud, lines),
  };
}

const settledOf = (lines: readonly FileLine[]): number =>
  lines.filter(({ differences }) => differences !== undefined).length;

const byLane = (lines: readonly FileLine[]): readonly FileLine[] =>
  [...lines].sort((a, b) => a.lane.localeCompare(b.lane));

/** The answer that a partner got to a dirty file, a few of the events, and how to drop a file with the AWS command line. */
async function showAnswer(cloud: Cloud, lines: readonly FileLine[]): Promise<string> {
  const shown = lines.find(line => line.handoff?.state === 'partial') ?? lines[0];
  if (!shown) return '';
  const { description } = cloud;
  const lane = cloud.lane(shown.lane);
  const ack = await cloud.acknowledgement(lane, shown.file);
  const [first, ...more] = (await cloud.events()).filter(event => event.source !== 'edge').slice(0, 4);
  return [
    pc.bold(`The answer to ${shown.file}`),
    `s3://${description.buckets.inbound}/${lane.ackPrefix}${shown.file}.ack.json`,
    readable(ack),
    '',
    pc.bold('An event on the bus, and the next three in short'),
    readable(first),
    ...more.map(inShort),
    '',
    ...dropSteps(description, lane.inPrefix),
  ].join('\n');
}

const inShort = ({ 'detail-type': type, detail }: EventLine): string =>
  `${type} ${detail.subject} ${JSON.stringify(detail.data)}`;

/** For people: nested data on few lines, long lists cut. */
const readable = (value: unknown): string =>
  inspect(value, {
    ...{ depth: 6, compact: 6, maxArrayLength: 3, colors: pc.isColorSupported },
    breakLength: process.stdout.columns || 160,
  });

const dropSteps = (
  { endpoints, credentials, region, buckets }: CloudDescription,
  inPrefix: string,
): string[] => [
  pc.bold('Drop a file with the AWS command line'),
  `  AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} AWS_DEFAULT_REGION=${region} \\`,
  `    aws --endpoint-url ${endpoints.s3} s3 cp <file> s3://${buckets.inbound}/${inPrefix}`,
];
