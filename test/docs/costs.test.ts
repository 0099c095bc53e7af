import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { loadSoundContracts } from '#infra/contracts.ts';
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

test('the page of costs says what the alarms of the audit trail cost', () => {
  const platform = templates.find(template => template.toJSON().Outputs?.AuditBucketName);
  const alarms = Object.values(platform?.findResources('AWS::CloudWatch::Alarm') ?? {});
  const own = alarms.filter(({ Properties }) => Properties.AlarmName.startsWith('edge-audit-'));
  expect(own).toHaveLength(6);
  expect(costs).toContain('six alarms, 0.60');
});

test('the page of costs says how many alarms the platform has, and what they cost', () => {
  const platform = templates.find(template => template.toJSON().Outputs?.AuditBucketName);
  expect(platform && alarmsOf(platform)).toBe('30 alarms for 3.00');
  expect(costs).toContain('| Thirty alarms, 0.10 each; of the audit trail, six alarms, 0.60 | 3.00 |');
});
