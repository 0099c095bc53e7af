import type { FaultClass } from '../contract/fault.ts';
import { faultsOf, type KnownFault } from './faults-of.ts';
import type { Integration } from './integration.ts';
import { code, table } from './markdown.ts';

type Kind = Integration['kind'];

/** How the partner hears of what is its own to mend. */
const told: Readonly<Record<Kind, string>> = {
  'file-lane': 'The partner’s to mend; it is told in the acknowledgement. Ask after it when it goes unread.',
  'webhook-fence':
    'The partner’s to mend, or the contract’s to follow; the answer told it, if anyone there reads answers. Ask the partner.',
  'cdc-feed':
    'For whoever runs the database to mend, or the contract’s to follow; nobody is told but you. Pass it on.',
};

/** What an operator does about a fault, by its class. */
const operatorActions: Readonly<Record<Exclude<FaultClass, 'BUSINESS_REJECTED'>, string>> = {
  IDEMPOTENT_SUCCESS: 'Nothing.',
  DUPLICATE_CONFLICT: 'Ask the partner which of the two is right. Nothing was overwritten.',
  UNKNOWN: 'Nothing at first: the same ids are sent again. Look at the service named if it lasts.',
  TECHNICAL_RETRYABLE: 'Nothing at first: it is retried. Look at the service named if it lasts.',
  SECURITY_CONFIGURATION_FAILURE: 'Look at once: rights, tenant or archive are not what was agreed.',
  UNCLASSIFIED: 'Look at the log of the same correlation id: this wants a person.',
};

/** What ends with a fault; of a field it is the whole unit of input. */
const ends: Readonly<Record<Kind, Readonly<Record<KnownFault['scope'], string>>>> = {
  'file-lane': { field: 'the row', row: 'the row', file: 'the file', lane: 'this attempt' },
  'webhook-fence': {
    field: 'the delivery',
    row: 'the delivery',
    file: 'the delivery',
    lane: 'this attempt',
  },
  'cdc-feed': { field: 'the change', row: 'the change', file: 'the batch', lane: 'this attempt' },
};

const actionFor = (name: FaultClass, kind: Kind): string =>
  name === 'BUSINESS_REJECTED' ? told[kind] : operatorActions[name];

/** What can go wrong with an integration, and who does what about it. */
export function faultSection(integration: Integration): string[] {
  const { kind } = integration;
  const faults = faultsOf(integration);
  const classes = [...new Set(faults.map(fault => fault.class))];
  return [
    '## Common incidents',
    table(
      ['class', 'what an operator does'],
      classes.map(name => [name, actionFor(name, kind)]),
    ),
    table(
      ['code', 'ends', 'meaning', 'class', 'remedy'],
      faults.map(({ code: name, scope, meaning, class: faultClass, remedy }) => [
        code(name),
        ends[kind][scope],
        meaning,
        faultClass,
        remedy,
      ]),
    ),
  ];
}
