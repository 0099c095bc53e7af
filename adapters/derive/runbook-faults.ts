import type { FaultClass } from '#shared/contract/fault.ts';
import { code, table } from '#shared/derive/markdown.ts';
import type { Integration } from '../integration.ts';
import { derive } from './derivations.ts';

/** What an operator does about a fault, by its class, for every kind. The sender fixes a business rejection. */
const operatorActions: Readonly<Record<Exclude<FaultClass, 'BUSINESS_REJECTED'>, string>> = {
  IDEMPOTENT_SUCCESS: 'Nothing. The input was processed before, and its result stays.',
  DUPLICATE_CONFLICT: 'Ask the partner which of the two is correct. Nothing was overwritten.',
  UNKNOWN:
    'Do nothing at first: the events are sent again with the same ids. If it continues, check the service that the fault names.',
  TECHNICAL_RETRYABLE:
    'Do nothing at first: the work is retried. If it continues, check the service that the fault names.',
  SECURITY_CONFIGURATION_FAILURE: 'Check at once: permissions, keys, tenant or archive are not as agreed.',
  UNCLASSIFIED: 'Read the log lines with the same correlation id. A person must decide what to do.',
};

/** The faults of an integration, and who does what about each. */
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
