import { limits } from '#shared/contract/limits.ts';
import type { DashboardSpec, SignalLine, WidgetSpec } from '#shared/derive/dashboard.ts';
import type { SignalName } from '#shared/derive/signal.ts';
import type { Integration } from '../integration.ts';
import { derive } from './derivations.ts';
import { costOfThousand } from './unit-cost.ts';

/** One dashboard for each domain whose events an integration publishes, with all integrations that publish some. */
export function dashboardsOf(integrations: readonly Integration[]): readonly DashboardSpec[] {
  const domains = [...new Set(integrations.flatMap(domainsOf))].sort();
  return domains.flatMap(domain =>
    partsIn(integrations.filter(contract => domainsOf(contract).includes(domain))).map((part, n) => ({
      name: n === 0 ? domain : `${domain}-${n + 1}`,
      rows: rowsOf(domain, part),
    })),
  );
}

function partsIn(integrations: readonly Integration[]): readonly (readonly Integration[])[] {
  const parts: Integration[][] = [];
  for (let at = 0; at < integrations.length; at += limits.dashboardIntegrationsMax)
    parts.push(integrations.slice(at, at + limits.dashboardIntegrationsMax));
  return parts;
}

const domainsOf = (contract: Integration): readonly string[] =>
  derive(contract)
    .events(contract)
    .map(event => event.domain);

const rowsOf = (domain: string, integrations: readonly Integration[]): DashboardSpec['rows'] => [
  [{ kind: 'text', markdown: introduction(domain, integrations) }],
  [
    counts('Published', ['Published'], integrations),
    {
      kind: 'signals',
      title: 'Milliseconds from arrival to the bus',
      lines: linesOf('Lag', ['p50', 'p95', 'p99'], integrations),
    },
    counts('Later than promised', ['Late'], integrations),
  ],
  [
    {
      kind: 'faulty',
      title: 'Percent quarantined or rejected',
      integrations: integrations.map(({ id }) => id),
    },
    counts('Quarantined, rejected', ['Quarantined', 'Rejected'], integrations),
    counts('Duplicates, conflicts', ['Duplicates', 'Conflicts'], integrations),
  ],
  ...integrations.map(partsOf),
];

const counts = (title: string, signals: readonly SignalName[], of: readonly Integration[]): WidgetSpec => ({
  kind: 'signals',
  title,
  lines: signals.flatMap(signal => linesOf(signal, ['Sum'], of)),
});

const linesOf = (
  signal: SignalName,
  statistics: readonly SignalLine['statistic'][],
  integrations: readonly Integration[],
): readonly SignalLine[] =>
  integrations.flatMap(({ id }) => statistics.map(statistic => ({ integration: id, signal, statistic })));

/** Its alarms, and what waits. */
function partsOf(contract: Integration): readonly WidgetSpec[] {
  const { id } = contract;
  const alarms = derive(contract).alarms(contract);
  const waits = alarms.filter(({ unit }) => unit === 'seconds');
  return [
    {
      kind: 'states',
      title: id,
      alarms: alarms.map(({ id: alarm }) => ({ integration: id, alarm })),
    },
    ...waits.map(
      ({ id: alarm, title }): WidgetSpec => ({
        kind: 'measure',
        title: `${id}: ${title.toLowerCase()}, seconds`,
        of: { integration: id, alarm },
      }),
    ),
  ];
}

function introduction(domain: string, integrations: readonly Integration[]): string {
  const rows = integrations.map(contract => {
    const { id, owner } = contract;
    const { name } = derive(contract);
    const cost = costOfThousand(contract).toFixed(4);
    return `| ${id} | ${name} | ${owner.team} | ${cost} | docs/runbooks/${id}.md |`;
  });
  return [
    `# Integrations that publish events of ${domain}`,
    '| integration | kind | owner | USD a thousand units, at list prices | runbook |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
