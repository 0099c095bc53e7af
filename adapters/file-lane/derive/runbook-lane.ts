import { limits } from '#shared/contract/limits.ts';
import { code } from '#shared/derive/markdown.ts';
import { codeTable } from '#shared/derive/runbook-codes.ts';
import type { RunbookParts } from '#shared/derive/runbook-parts.ts';
import { personalInWords } from '#shared/derive/runbook-personal.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { ackPrefix, badRowsInWords, duplicatesInWords, inPrefix, startInWords } from './file-words.ts';

/** What the runbook of a file lane says of its kind. */
export const laneRunbook = (lane: FileLane): RunbookParts => ({
  dataClass: personalInWords(lane.columns, 'the file'),
  reconciliation: 'None runs on its own.',
  dashboard: 'hand-offs with state, tally and last fault in the ledger table',
  secretRotation: secrets(lane),
  normalFlow: normalFlow(lane),
  deadLetters: `Work reaches the dead-letter queue after ${limits.receivesMax} receives. Nothing in it is lost, and nothing in it was half counted: see [Dead letters](#dead-letters), mend the cause, redrive. Finished chunks are skipped and event ids stay the same.`,
  recovery: [
    'A file is stuck: find its hand-off in the ledger by key. State, attempts, lease and last fault say where it is; it goes on by itself when its lease ends.',
    `A file must be taken again after it was rejected: the partner drops it again, under ${code(inPrefix(lane))}. Rejection frees its content.`,
    'Rows were quarantined: the report in the quarantine bucket holds each row with its fault; the partner mends them and sends them in a new file.',
    'A consumer lost events: replay them from the bus archive; ids stay the same.',
  ],
  more: [],
  disable:
    'Disable the event source mapping of the lane’s queue: files go on arriving and wait there. Nothing is published meanwhile, and nothing is lost while the queue keeps its messages (4 days). To roll back, deploy the version before: it goes on from the checkpoints.',
  statuses: codeTable(lane.columns, 'its row'),
});

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
