import type { AlarmSpec } from './alarm.ts';
import { alarmsOfAny } from './alarms-of.ts';
import { emittedBy, type Integration } from './integration.ts';
import { code, derivedFrom, list, page, steps, table } from './markdown.ts';
import { faultSection } from './runbook-faults.ts';
import { feedRunbook } from './runbook-feed.ts';
import { fenceRunbook } from './runbook-fence.ts';
import { laneRunbook } from './runbook-lane.ts';
import type { RunbookParts } from './runbook-parts.ts';
import { treatyOf, treatyValue } from './treaty.ts';

/** An integration's runbook, in Markdown: who, what is normal, what each alarm and fault code asks of an operator. */
export function renderRunbook(integration: Integration): string {
  const parts = partsOf(integration);
  return page([
    derivedFrom(`integrations/${integration.id}/contract.ts`),
    `# Runbook: ${integration.id}`,
    integration.purpose,
    '## At a glance',
    table(['', ''], glance(integration, parts)),
    '## Normal flow',
    steps(parts.normalFlow),
    ...alarmSection(alarmsOfAny(integration)),
    '## DLQ handling',
    parts.deadLetters,
    '## Manual recovery actions',
    list(parts.recovery),
    ...parts.more,
    '## Rollback and disable switch',
    parts.disable,
    ...faultSection(integration),
    '## Known external statuses',
    parts.statuses,
    '## The treaty in full',
    table(
      ['field', 'agreed'],
      treatyOf(integration).map(({ field, value }) => [field, value]),
    ),
  ]);
}

function partsOf(integration: Integration): RunbookParts {
  switch (integration.kind) {
    case 'file-lane':
      return laneRunbook(integration);
    case 'webhook-fence':
      return fenceRunbook(integration);
    case 'cdc-feed':
      return feedRunbook(integration);
  }
}

const glance = (integration: Integration, parts: RunbookParts): string[][] => [
  ['Integration name', code(integration.id)],
  ['Business owner', [...new Set(emittedBy(integration).map(event => event.owner))].join(', ')],
  ['Technical owner', `${integration.owner.team}, ${integration.owner.contact}`],
  ['Target system owner', `${integration.partner.name}, ${integration.partner.contact}`],
  ['Data classification', parts.dataClass],
  ['Protocol', treatyValue(integration, 'Protocol')],
  ['Retry policy', treatyValue(integration, 'Retry policy')],
  ['Timeout policy', treatyValue(integration, 'Timeout')],
  ['Reconciliation job', `${parts.reconciliation} ${treatyValue(integration, 'Reconciliation path')}`],
  ['Dashboard link', `The alarms below, in CloudWatch; ${parts.dashboard}`],
  ['Security credentials', treatyValue(integration, 'Security control')],
  ['Secret rotation process', parts.secretRotation],
  ['Escalation contacts', `${integration.owner.contact}, then ${integration.partner.contact}`],
  ['Audit evidence location', treatyValue(integration, 'Audit evidence')],
];

const units = { count: '', seconds: ' s', percent: ' %' } as const;

const ringsAt = ({ threshold, unit, periodSeconds, statistic }: AlarmSpec): string =>
  `Rings at ${threshold}${units[unit]} or more within ${periodSeconds} s${unit === 'percent' ? '' : ` (${statistic.toLowerCase()})`}.`;

const alarmSection = (alarms: readonly AlarmSpec[]): string[] => [
  '## Alert thresholds',
  ...alarms.flatMap(alarm => [
    `### ${alarm.title}`,
    `${alarm.meaning} ${ringsAt(alarm)}`,
    steps(alarm.whatToDo),
  ]),
];
