import type { FileLane } from '../contract/define-file-lane.ts';
import { limits } from '../contract/limits.ts';
import { type AlarmSpec, alarmsOf } from './alarms.ts';
import { ackPrefix, badRowsInWords, duplicatesInWords, inPrefix, startInWords } from './file-words.ts';
import { code, derivedFrom, list, page, steps, table } from './markdown.ts';
import { faultSection } from './runbook-faults.ts';
import { treatyOf } from './treaty.ts';

/** A lane's runbook, in Markdown: who, what is normal, what each alarm and fault code asks of an operator. */
export function renderRunbook(lane: FileLane): string {
  return page([
    derivedFrom(`integrations/${lane.id}/contract.ts`),
    `# Runbook: ${lane.id}`,
    lane.purpose,
    '## At a glance',
    table(['', ''], glance(lane)),
    '## Normal flow',
    steps(normalFlow(lane)),
    ...alarmSection(alarmsOf(lane)),
    ...recovery(lane),
    ...faultSection(lane),
    '## Known external statuses',
    statuses(lane),
    '## The treaty in full',
    table(
      ['field', 'agreed'],
      treatyOf(lane).map(({ field, value }) => [field, value]),
    ),
  ]);
}

const glance = (lane: FileLane): string[][] => [
  ['Integration name', code(lane.id)],
  ['Business owner', [...new Set(lane.events.map(event => event.owner))].join(', ')],
  ['Technical owner', `${lane.owner.team}, ${lane.owner.contact}`],
  ['Target system owner', `${lane.partner.name}, ${lane.partner.contact}`],
  ['Data classification', dataClass(lane)],
  ['Protocol', treatyValue(lane, 'Protocol')],
  ['Retry policy', treatyValue(lane, 'Retry policy')],
  ['Timeout policy', treatyValue(lane, 'Timeout')],
  ['Reconciliation job', `None runs on its own. ${treatyValue(lane, 'Reconciliation path')}`],
  [
    'Dashboard link',
    'The alarms below, in CloudWatch; hand-offs with state, tally and last fault in the ledger table',
  ],
  ['Security credentials', treatyValue(lane, 'Security control')],
  ['Secret rotation process', secrets(lane)],
  ['Escalation contacts', `${lane.owner.contact}, then ${lane.partner.contact}`],
  ['Audit evidence location', treatyValue(lane, 'Audit evidence')],
];

const treatyValue = (lane: FileLane, field: string): string =>
  treatyOf(lane).find(line => line.field === field)!.value;

function dataClass(lane: FileLane): string {
  const personal = Object.entries(lane.columns).filter(([, field]) => field.pii);
  if (personal.length === 0) return 'No personal data';
  return `Personal data: ${personal.map(([name, field]) => `${code(name)} (${field.pii})`).join(', ')}. Masked in logs; whole in the file, the quarantine and the events`;
}

const secrets = ({ delivery }: FileLane): string =>
  delivery.via.includes('sftp')
    ? 'The partner’s SFTP key: add the new public key to the Transfer Family user beside the old one, let the partner change over, remove the old one'
    : 'The lane holds no secret: its function works under a role, the partner writes under the partner’s own';

const normalFlow = (lane: FileLane): string[] => [
  `${lane.partner.name} drops ${code(lane.delivery.name)} under ${code(inPrefix(lane))}. Work begins ${startInWords(lane)}.`,
  'The file is leased, read once for hash, size and records, and claimed by its content. A notification that comes twice finds it leased or settled.',
  `Rows are read, mapped and published as ${lane.events.map(event => code(event.type)).join(', ')}: ${badRowsInWords(lane)}.`,
  `Duplicates: ${duplicatesInWords(lane)}.`,
  `The books are closed, the answer is written to ${code(`${ackPrefix(lane)}<file>.ack.json`)} (and ${code('<file>.rejected.csv')} when rows were quarantined), and ${code('edge.file.settled.v1')} is published.`,
];

const alarmSection = (alarms: readonly AlarmSpec[]): string[] => [
  '## Alert thresholds',
  ...alarms.flatMap(alarm => [
    `### ${alarm.title}`,
    `${alarm.meaning} Rings at ${alarm.threshold}${alarm.unit === 'seconds' ? ' s' : ''} or more within ${alarm.periodSeconds} s (${alarm.statistic.toLowerCase()}).`,
    steps(alarm.whatToDo),
  ]),
];

const recovery = (lane: FileLane): string[] => [
  '## DLQ handling',
  `Work reaches the dead-letter queue after ${limits.receivesMax} receives. Nothing in it is lost, and nothing in it was half counted: see [Dead letters](#dead-letters), mend the cause, redrive. Finished chunks are skipped and event ids stay the same.`,
  '## Manual recovery actions',
  list([
    'A file is stuck: find its hand-off in the ledger by key. State, attempts, lease and last fault say where it is; it goes on by itself when its lease ends.',
    `A file must be taken again after it was rejected: the partner drops it again, under ${code(inPrefix(lane))}. Rejection frees its content.`,
    'Rows were quarantined: the report in the quarantine bucket holds each row with its fault; the partner mends them and sends them in a new file.',
    'A consumer lost events: replay them from the bus archive; ids stay the same.',
  ]),
  '## Rollback and disable switch',
  `Disable the event source mapping of the lane’s queue: files go on arriving and wait there. Nothing is published meanwhile, and nothing is lost while the queue keeps its messages (4 days). To roll back, deploy the version before: it goes on from the checkpoints.`,
];

function statuses(lane: FileLane): string {
  const rows = Object.entries(lane.columns).flatMap(([column, { codes }]) =>
    Object.entries(codes ?? {}).map(([theirs, ours]) => [code(column), code(theirs), ours]),
  );
  if (rows.length === 0) return 'None: the partner sends no codes.';
  return `${table(['column', 'code', 'means'], rows)}\n\nAny other code quarantines its row as UNKNOWN_CODE.`;
}
