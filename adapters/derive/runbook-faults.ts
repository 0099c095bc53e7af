import type { FaultClass } from '#shared/contract/fault.ts';
import { code, table } from '#shared/derive/markdown.ts';
import type { Integration } from '../integration.ts';
import { derive } from './derivations.ts';

/** What an operator does about a fault, by its class, whatever the kind. A business rejection is the sender's to fix. */
const operatorActions: Readonly<Record<Exclude<FaultClass, 'BUSINESS_REJECTED'>, string>> = {
  IDEMPOTENT_SUCCESS: 'Nothing.',
  DUPLICATE_CONFLICT: 'Ask the partner which of the two is right. Nothing was overwritten.',
  UNKNOWN: 'Nothing at first: the same ids are sent again. Look at the service named if it lasts.',
  TECHNICAL_RETRYABLE: 'Nothing at first: it is retried. Look at the service named if it lasts.',
  SECURITY_CONFIGURATION_FAILURE: 'Look at once: rights, tenant or archive are not what was agreed.',
  UNCLASSIFIED: 'Look at the log of the same correlation id: this wants a person.',
};

/** What can go wrong with an integration, and who does what about it. */
export function faultSection(integration: Integration): string[] {
  const { faultEnds, senderFaultAction, ...of } = derive(integration);
  const faults = of.faults(integration);
  const classes = [...new Set(faults.map(fault => fault.class))];
  return [
    '## Common incidents',
    table(
      ['class', 'what an operator does'],
      classes.map(name => [name, name === 'BUSINESS_REJECTED' ? senderFaultAction : operatorActions[name]]),
    ),
    table(
      ['code', 'ends', 'meaning', 'class', 'remedy'],
      faults.map(({ code: name, scope, meaning, class: faultClass, remedy }) => [
        code(name),
        faultEnds[scope],
        meaning,
        faultClass,
        remedy,
      ]),
    ),
  ];
}
