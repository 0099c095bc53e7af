import type { FileLane } from '../contract/define-file-lane.ts';
import type { FaultClass } from '../contract/fault.ts';
import { faultsOf } from './faults-of.ts';
import { code, table } from './markdown.ts';

/** What an operator does about a fault, by its class. */
const operatorActions: Readonly<Record<FaultClass, string>> = {
  BUSINESS_REJECTED:
    'The partner’s to mend; it is told in the acknowledgement. Ask after it when it goes unread.',
  IDEMPOTENT_SUCCESS: 'Nothing.',
  DUPLICATE_CONFLICT: 'Ask the partner which of the two is right. Nothing was overwritten.',
  UNKNOWN: 'Nothing at first: the same ids are sent again. Look at the service named if it lasts.',
  TECHNICAL_RETRYABLE: 'Nothing at first: it is retried. Look at the service named if it lasts.',
  SECURITY_CONFIGURATION_FAILURE: 'Look at once: rights, tenant or archive are not what was agreed.',
  UNCLASSIFIED: 'Look at the log of the hand-off: this wants a person.',
};

/** What ends with a fault; of a field it is the whole row. */
const ends = { field: 'the row', row: 'the row', file: 'the file', lane: 'this attempt' } as const;

/** What can go wrong with a lane, and who does what about it. */
export function faultSection(lane: FileLane): string[] {
  const faults = faultsOf(lane);
  const classes = [...new Set(faults.map(fault => fault.class))];
  return [
    '## Common incidents',
    table(
      ['class', 'what an operator does'],
      classes.map(name => [name, operatorActions[name]]),
    ),
    table(
      ['code', 'ends', 'meaning', 'class', 'remedy'],
      faults.map(({ code: name, scope, meaning, class: kind, remedy }) => [
        code(name),
        ends[scope],
        meaning,
        kind,
        remedy,
      ]),
    ),
  ];
}
