import type { AlarmSpec } from '#shared/derive/alarm.ts';
import { code, derivedFrom, list, page, steps, table } from '#shared/derive/markdown.ts';
import type { RunbookParts } from '#shared/derive/runbook-parts.ts';
import type { Integration } from '../integration.ts';
import { contractFieldsOf } from './contract-fields.ts';
import { derive } from './derivations.ts';
import { operatorCommands } from './operator-commands.ts';
import { faultSection } from './runbook-faults.ts';

/** An integration's runbook, in Markdown: owners, the normal flow, and what to do about each alarm and fault. */
export function renderRunbook(integration: Integration): string {
  const parts = derive(integration).runbook(integration);
  const fields = contractFieldsOf(integration);
  return page([
    derivedFrom(`integrations/${integration.id}/contract.ts`),
    `# Runbook: ${integration.id}`,
    integration.purpose,
    '## At a glance',
    table(['', ''], glance(integration, parts, fields)),
    '## Normal flow',
    steps(parts.normalFlow),
    ...operatorCommands(integration),
    ...alarmSection(derive(integration).alarms(integration)),
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
    '## The contract in full',
    table(['field', 'agreed'], Object.entries(fields)),
  ]);
}

const glance = (
  integration: Integration,
  parts: RunbookParts,
  fields: ReturnType<typeof contractFieldsOf>,
): string[][] => [
  ['Integration name', code(integration.id)],
  [
    'Business owner',
    [
      ...new Set(
        derive(integration)
          .events(integration)
          .map(event => event.owner),
      ),
    ].join(', '),
  ],
  ['Technical owner', `${integration.owner.team}, ${integration.owner.contact}`],
  ['Target system owner', `${integration.partner.name}, ${integration.partner.contact}`],
  ['Data classification', parts.dataClass],
  ['Protocol', fields.Protocol],
  ['Retry policy', fields['Retry policy']],
  ['Timeout policy', fields.Timeout],
  ['Reconciliation job', `${parts.reconciliation} ${fields['Reconciliation path']}`],
  ['Dashboard link', `The alarms below in CloudWatch; ${parts.dashboard}`],
  ['Security credentials', fields['Security control']],
  ['Secret rotation process', parts.secretRotation],
  ['Escalation contacts', `${integration.owner.contact}, then ${integration.partner.contact}`],
  ['Audit evidence location', fields['Audit evidence']],
];

const units = { count: '', seconds: ' s', percent: ' %', state: '' } as const;

const ringsAt = ({ threshold, unit, periodSeconds, statistic, periods = 1 }: AlarmSpec): string =>
  unit === 'state'
    ? `Rings after ${periods} periods of ${periodSeconds} s in a row.`
    : `Rings at ${threshold}${units[unit]} or more within ${periodSeconds} s${unit === 'percent' ? '' : ` (${statistic.toLowerCase()})`}.`;

const takesBack = ' If a canary is under way, it is taken back.';

const alarmSection = (alarms: readonly AlarmSpec[]): string[] => [
  '## Alert thresholds',
  ...alarms.flatMap(alarm => [
    `### ${alarm.title}`,
    `${alarm.meaning} ${ringsAt(alarm)}${alarm.stopsDeployment ? takesBack : ''}`,
    steps(alarm.whatToDo),
  ]),
];
