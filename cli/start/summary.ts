import pc from 'picocolors';
import type { CloudDescription } from '#local/cloud-description.ts';
import type { ConsumerRun } from '../demo/check-consumer.ts';
import type { DemoRun } from '../demo/kind-demo.ts';

/** What came out of the samples. */
export const summaryOf = (
  runs: readonly DemoRun[],
  consumer: ConsumerRun | undefined,
  wrong: readonly string[],
): string =>
  [
    ...runs.map(({ count, unit, ends }) => `${pc.bold(`${count} ${unit}`)}: ${words(ends)}`),
    ...(consumer ? [consumer.line] : []),
    verdict(wrong),
  ].join('\n');

/** Where the console, answers and events are while the cloud is up. */
export const placesOf = ({ endpoints, buckets, lanes }: CloudDescription, console: string): string =>
  [
    `Console: ${pc.cyan(console)}`,
    ...(lanes.length > 0 ? [`Answers: <folder>/ack/ in s3://${buckets.inbound}`] : []),
    `Events:  ${endpoints.console}/events`,
  ].join('\n');

/** Three commands that work as printed. */
export const nextSteps = ({ endpoints, lanes }: CloudDescription): string =>
  [
    pc.bold('Try next, in another terminal:'),
    ...(lanes.some(({ id }) => id === 'acme-orders')
      ? ['  npm run drop -- acme-orders docs/guides/my-orders.csv orders_20261201.csv']
      : [`  curl -s ${endpoints.console}/`]),
    '  npm run edge -- status',
    `  curl -sN '${endpoints.console}/events?follow=1'`,
    'Ctrl-C stops the local cloud. More: --verbose, and .local/start.log.',
  ].join('\n');

/** In one order, whatever came first: from done to not done. */
const order = [
  'complete',
  'published',
  'partial',
  'duplicate',
  'skipped',
  'quarantined',
  'rejected',
  'unbalanced',
];

const words = (ends: Readonly<Record<string, number>>): string =>
  Object.entries(ends)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([end, count]) => `${count} ${end}`)
    .join(', ');

const verdict = (wrong: readonly string[]): string =>
  wrong.length === 0
    ? pc.green('All came out as their samples say.')
    : [pc.red('Not as the samples say:'), ...wrong.map(difference => `  ${difference}`)].join('\n');

/** What `--keep` found. */
export const keptLine = (isRestored: boolean): string =>
  isRestored
    ? '\nThe state of the last start is back. No samples are dropped.'
    : '\nNo state was kept: this start is the first, or the last one did not stop in order. It begins empty.';
