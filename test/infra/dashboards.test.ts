import { readFileSync } from 'node:fs';
import { dashboardsOf } from '#adapters/derive/dashboards.ts';
import { derive } from '#adapters/derive/derivations.ts';
import { costOfThousand } from '#adapters/derive/unit-cost.ts';
import { loadSoundContracts } from '#infra/contracts.ts';
import { fixtureApp, templatesOf } from './fixtures/synthesised.ts';

const contracts = await loadSoundContracts();
const templates = templatesOf(fixtureApp({}, contracts, { dashboards: ['dev'] }));
const dashboards = templates.at(-1)!;

const textOf = (part: unknown): string =>
  typeof part === 'string' ? part : ((part as { Ref?: string }).Ref ?? 'ref');

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: { readonly alarms?: readonly string[] };
  };
}

function widgetsOf(domain: string): readonly Widget[] {
  const found = dashboards.findResources('AWS::CloudWatch::Dashboard', {
    Properties: { DashboardName: `edge-${domain}-dev` },
  });
  const [resource] = Object.values(found);
  const body = resource!.Properties.DashboardBody;
  return JSON.parse(body['Fn::Join'][1].map(textOf).join('')).widgets;
}

const named = (type: string, property: string) =>
  new Set(
    templates.flatMap(template =>
      Object.values(template.findResources(type)).map(({ Properties }) => {
        const value = Properties[property];
        return Array.isArray(value) ? `${value[0].MetricNamespace} ${value[0].MetricName}` : value;
      }),
    ),
  );

describe('dashboards', () => {
  it('are one a domain, with every integration that publishes its events', () => {
    const domains = [...new Set(contracts.events.map(({ domain }) => domain))].filter(one => one !== 'edge');
    expect(dashboardsOf(contracts.integrations).map(({ name }) => name)).toEqual(domains.sort());
    dashboards.resourceCountIs('AWS::CloudWatch::Dashboard', domains.length);
    const titles = widgetsOf('orders').map(({ properties }) => properties.title);
    expect(titles).toContain('acme-orders');
    expect(titles).toContain('acme-orders: oldest message, seconds');
  });

  it('name only alarms and metrics that the stacks make', () => {
    const alarms = named('AWS::CloudWatch::Alarm', 'AlarmName');
    const metrics = named('AWS::Logs::MetricFilter', 'MetricTransformations');
    const widgets = dashboardsOf(contracts.integrations).flatMap(({ name }) => widgetsOf(name));
    const arns = widgets.flatMap(({ properties: { alarms = [], annotations } }) => [
      ...alarms,
      ...(annotations?.alarms ?? []),
    ]);
    const lines = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    const read = lines.filter(([namespace]) => typeof namespace === 'string');
    expect(arns.map(arn => arn.split(':').at(-1)).filter(name => !alarms.has(name))).toEqual([]);
    expect(
      read.map(([namespace, name]) => `${namespace} ${name}`).filter(name => !metrics.has(name)),
    ).toEqual([]);
    expect(read.length).toBeGreaterThan(contracts.integrations.length * 7);
  });

  it('show how far the consumers are behind that the configuration names', () => {
    const billing = 'arn:aws:sqs:eu-central-1:111122223333:billing-events';
    const config = { dashboards: ['dev'], consumers: { dev: { billing } } };
    const own = templatesOf(fixtureApp({}, { ...contracts, integrations: [] }, config)).at(-1)!;
    const [dashboard] = Object.values(own.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard);
    expect(dashboard!.Properties.DashboardName).toBe('edge-consumers-dev');
    expect(body).toContain('ApproximateAgeOfOldestMessage');
    expect(body).toContain('billing-events');
  });

  it('are several where a domain has many integrations', () => {
    const many = Array.from({ length: 130 }, (_, n) => ({ ...contracts.integrations[0]!, id: `copy-${n}` }));
    const found = dashboardsOf(many);
    expect(found.map(({ name }) => name)).toEqual(['orders', 'orders-2', 'orders-3']);
    for (const { rows } of found) {
      const lines = rows.flat().flatMap(widget => (widget.kind === 'signals' ? [widget.lines.length] : []));
      expect(Math.max(...lines)).toBeLessThanOrEqual(500);
    }
  });

  it('are none where the configuration names no stage', () => {
    const plain = templatesOf(fixtureApp({}, contracts));
    expect(plain).toHaveLength(templates.length - 1);
  });
});

it('every integration is measured by the same signals', () => {
  for (const contract of contracts.integrations)
    expect(derive(contract).signals.map(({ name }) => name)).toEqual([
      'Published',
      'Lag',
      'Late',
      'Duplicates',
      'Conflicts',
      'Quarantined',
      'Rejected',
    ]);
});

it('a thousand units cost what the page of costs says', () => {
  const costs = readFileSync('docs/costs.md', 'utf8');
  const [, byFile, byRow] = /\*\*A million rows\*\* \| \*\*([\d.]+)\*\* \| \*\*([\d.]+)\*\*/.exec(costs)!;
  const [, inBatches] = /in batches cost ([\d.]+) less/.exec(costs)!;
  const [, changes] = /\*\*([\d.]+) in all\.\*\*/.exec(costs)!;
  const [, requests] = /\*\*([\d.]+) in all\*\*/.exec(costs)!;
  for (const contract of contracts.integrations) {
    const rows = 'duplicates' in contract && contract.duplicates === 'row' ? byRow : byFile;
    const million = { 'file-lane': rows, 'webhook-fence': requests, 'cdc-feed': changes }[contract.kind];
    const saved = 'publish' in contract && contract.publish === 'batch' ? Number(inBatches) : 0;
    expect(costOfThousand(contract)).toBeCloseTo((Number(million) - saved) / 1000, 6);
  }
});
