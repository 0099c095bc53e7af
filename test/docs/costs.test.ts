import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { loadSoundContracts } from '#infra/contracts.ts';
import { nextSweep } from '#operate/core/reconcile/next-sweep.ts';
import { limits } from '#shared/contract/limits.ts';
import { fixtureApp, templatesOf } from '../infra/fixtures/synthesised.ts';

const costs = readFileSync('docs/costs.md', 'utf8');
const templates = templatesOf(fixtureApp({}, await loadSoundContracts()));

interface Alarm {
  readonly Properties: { readonly Metrics?: readonly { readonly MetricStat?: object }[] };
}

/** How many alarms a stack has, and what they cost a month: 0.10 USD for each metric that an alarm uses. */
function alarmsOf(template: Template): string {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as Alarm[];
  const metrics = alarms.map(
    ({ Properties: { Metrics } }) => Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1,
  );
  return `${alarms.length} alarms for ${(metrics.reduce((sum, one) => sum + one, 0) / 10).toFixed(2)}`;
}

const words = ['Eight', 'Ten', 'Eleven', 'Eighteen'];
const numbers = [8, 10, 11, 18];

/** What the page says of the alarms of one kind. */
function told(kind: string): string {
  const [, table = ''] = costs.split(`| for each ${kind} |`);
  const [, word = '', cost = ''] = /^\| (\w+) alarms.*\| (\d+\.\d\d) \|$/m.exec(table) ?? [];
  return `${numbers[words.indexOf(word)]} alarms for ${cost}`;
}

test.each([
  ['file lane', 'acme-orders'],
  ['CDC feed', 'crm-customers'],
  ['webhook fence', 'stripe-payments'],
])('the page of costs says how many alarms each %s has, and what they cost', (kind, id) => {
  const stack = templates.find(template => template.toJSON().Description === `Edge adapters: ${kind} ${id}`);
  expect(stack && alarmsOf(stack)).toBe(told(kind));
});

/** In runs each hour: how often the sweep of archives looks at an object that came at some second of a day. */
function looksAt(second: number): number {
  const day = Date.parse('2026-11-28T00:00:00Z');
  const at = new Date(day + second * 1_000).toISOString();
  let last = nextSweep(undefined, day - 3_600_000, false);
  let looks = 0;
  for (let hour = 0; hour < 30; hour++) {
    const now = day + hour * 3_600_000;
    last = nextSweep(last, now, false);
    const youngest = new Date(now - limits.sweepAgeSeconds * 1_000).toISOString();
    if (last && last.since <= at && at <= youngest) looks += 1;
  }
  return looks;
}

test('the page of costs says what the sweep of archives and the reads of switches cost', () => {
  expect([3_601, 7_000, 40_000].map(looksAt)).toEqual([2, 2, 2]);
  const reads = 2 * 0.125;
  const listings = ((24 * 1_000_000) / 2 / limits.keysAListing / 1_000) * 0.005;
  expect(costs).toContain(`two of its runs, with a read of its claim (${reads.toFixed(2)} a million)`);
  expect(costs).toContain(`on average (${listings.toFixed(2)})`);
  expect(costs).toContain(`the hourly sweep of the archive ${(reads + listings).toFixed(2)},`);
  const [, webhooks = ''] =
    /For a million webhooks of 2 KB each: (.*?)\. \*\*9\.89 in all\*\*/s.exec(costs) ?? [];
  const own = [1, 1, 0.07, 0.15, 0.35, 1.38, 0.13, 5, reads + listings, 0.5];
  for (const cost of own) expect(webhooks).toContain(cost.toFixed(2));
  expect(own.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(9.89);
});

test('the page of costs says what the alarms of the audit trail cost', () => {
  const platform = templates.find(template => template.toJSON().Outputs?.AuditBucketName);
  const alarms = Object.values(platform?.findResources('AWS::CloudWatch::Alarm') ?? {});
  const own = alarms.filter(({ Properties }) => Properties.AlarmName.startsWith('edge-audit-'));
  expect(own).toHaveLength(6);
  expect(costs).toContain('six alarms, 0.60');
});

test('the page of costs says how many alarms the platform has, and what they cost', () => {
  const platform = templates.find(template => template.toJSON().Outputs?.AuditBucketName);
  expect(platform && alarmsOf(platform)).toBe('31 alarms for 3.10');
  expect(costs).toContain('| Thirty-one alarms, 0.10 each; of the audit trail, six alarms, 0.60 | 3.10 |');
});
