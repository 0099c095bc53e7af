import { inspect } from 'node:util';
import pc from 'picocolors';
import type { CloudDescription } from '#local/cloud-description.ts';
import type { Cloud, EventLine } from './cloud.ts';
import type { FileLine } from './outcome-table.ts';

/** The answer a partner got to a dirty file, and a few of the events. */
export async function showResults(cloud: Cloud, lines: readonly FileLine[]): Promise<string> {
  const shown = lines.find(line => line.handoff?.state === 'partial') ?? lines[0];
  if (!shown) return '';
  const lane = cloud.lane(shown.lane);
  const ack = await cloud.acknowledgement(lane, shown.file);
  const [first, ...more] = (await cloud.events()).filter(event => event.source !== 'edge').slice(0, 4);
  return [
    pc.bold(
      `The answer to ${shown.file}, in s3://${cloud.description.buckets.inbound}/${lane.ackPrefix}${shown.file}.ack.json`,
    ),
    readable(ack),
    '',
    pc.bold('An event on the bus, and the next three in short'),
    readable(first),
    ...more.map(inShort),
  ].join('\n');
}

const inShort = ({ 'detail-type': type, detail }: EventLine): string =>
  `${type} ${detail.subject} ${JSON.stringify(detail.data)}`;

/** For people: nested data on few lines, long lists cut. */
const readable = (value: unknown): string =>
  inspect(value, { depth: 6, compact: 6, breakLength: 160, maxArrayLength: 3, colors: pc.isColorSupported });

/** How to go on by hand, as lines that work as printed. */
export const showNextSteps = ({ description }: Cloud): string =>
  [
    ...dropSteps(description),
    pc.bold('Watch'),
    `  curl -sN '${description.endpoints.console}/events?follow=1'      the events, as they come`,
    `  curl -s ${description.endpoints.console}/handoffs                every file and its books`,
    '  .local/logs/                                          what the functions log',
    '',
    'Ctrl-C stops the local cloud.',
  ].join('\n');

function dropSteps({ endpoints, credentials, region, buckets, lanes }: CloudDescription): string[] {
  const lane = lanes.find(({ id }) => id === 'acme-orders');
  if (!lane) return [];
  const file = 'docs/guides/my-orders.csv';
  return [
    pc.bold('Drop a file of your own'),
    `  npm run drop -- ${lane.id} ${file} orders_20261201.csv`,
    `  AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} AWS_DEFAULT_REGION=${region} \\`,
    `    aws --endpoint-url ${endpoints.s3} s3 cp ${file} s3://${buckets.inbound}/${lane.inPrefix}orders_20261202.csv`,
  ];
}
