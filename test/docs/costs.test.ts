import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { loadSoundContracts } from '#infra/contracts.ts';
import { type CostAtRest, costAtRest, totalOf } from '#infra/templates/cost-at-rest.ts';
import type { StackTemplate } from '#infra/templates/template.ts';
import { nextSweep } from '#operate/core/reconcile/next-sweep.ts';
import { limits } from '#shared/contract/limits.ts';
import { fixtureApp } from '../infra/fixtures/synthesised.ts';

const costs = readFileSync('docs/costs.md', 'utf8');
const stacks: readonly StackTemplate[] = fixtureApp({}, await loadSoundContracts())
  .node.children.filter(child => Stack.isStack(child))
  .map(stack => ({ name: stack.node.id, template: Template.fromStack(stack).toJSON() }));

const stackOf = (id: string): readonly StackTemplate[] => stacks.filter(({ name }) => name === id);
const alarmsIn = (id: string) =>
  stackOf(id).flatMap(({ template }) =>
    Object.values(template.Resources ?? {}).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm'),
  );
const inDollars = (amount: number): string =>
  amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The figure in the last column of the row that begins so. */
function told(row: string): string {
  const [, rest = ''] = costs.split(`| ${row}`);
  return /\| \**([\d,]+\.\d\d)\** \|\n/.exec(rest)?.[1] ?? 'no such row';
}

/** What the page says an integration of each kind costs, by an example of it. */
const kinds = [
  { title: '**Lane**', alarms: 'Eight alarms', example: 'EdgeLane-acme-orders' },
  { title: '**Feed from Kinesis**', alarms: 'Eleven alarms', example: 'EdgeFeed-crm-customers' },
  { title: '**Fence**', alarms: 'Seventeen alarms', example: 'EdgeFence-stripe-payments' },
];
const counts: Readonly<Record<string, number>> = { Eight: 8, Eleven: 11, Seventeen: 17 };

describe('the page of costs says what templates and prices give', () => {
  it.each(kinds)('of a $title', ({ title, alarms, example }) => {
    const cost = costAtRest(stackOf(example));
    expect(alarmsIn(example)).toHaveLength(counts[alarms.split(' ')[0] ?? ''] ?? 0);
    expect([told(alarms), told(title)]).toEqual([cost.alarms, totalOf(cost)].map(inDollars));
  });

  it('of a feed from a table', () => {
    expect(told('**Feed from a DynamoDB table**')).toBe(
      inDollars(totalOf(costAtRest(stackOf('EdgeFeed-loyalty-members')))),
    );
  });

  it('of the platform: its runs cost 0.04 more, and are counted from their schedules', () => {
    const cost = costAtRest(stackOf('EdgePlatform'));
    expect(alarmsIn('EdgePlatform')).toHaveLength(32);
    expect([told('Thirty-two alarms'), told('**Platform**')]).toEqual(
      [cost.alarms, totalOf(cost) + 0.04].map(inDollars),
    );
    const ofAudit = alarmsIn('EdgePlatform').filter(({ Properties }) =>
      Properties.AlarmName.startsWith('edge-audit-'),
    );
    expect(ofAudit).toHaveLength(6);
    expect(costs).toContain('six alarms, 0.60');
  });

  it('of two hundred integrations', () => {
    const [lane, feed, fence] = kinds.map(({ example }) => costAtRest(stackOf(example)));
    const all = (cost: CostAtRest | undefined, many: number) => many * (cost ? totalOf(cost) : 0);
    const platform = totalOf(costAtRest(stackOf('EdgePlatform'))) + 0.04;
    const parts = [platform, all(fence, 100), all(lane, 60), all(feed, 40)];
    const rows = ['Platform', '100 fences, 3', '60 lanes, 1', '40 feeds, each', '**In all**'];
    // What the page adds up are figures of whole cents.
    const found = rows.map(told).map(text => Number(text.replace(',', '')));
    const wanted = [...parts, parts.reduce((a, b) => a + b, 0)];
    for (const [n, figure] of found.entries()) expect(Math.abs(figure - (wanted[n] ?? 0))).toBeLessThan(1);
    expect(found.slice(0, 4).reduce((a, b) => a + b, 0)).toBeCloseTo(found[4] ?? 0, 2);
  });
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
