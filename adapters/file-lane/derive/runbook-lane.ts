import { limits } from '#shared/contract/limits.ts';
import { disableCommand } from '#shared/derive/disable-command.ts';
import { code } from '#shared/derive/markdown.ts';
import { codeTable } from '#shared/derive/runbook-codes.ts';
import type { RunbookParts } from '#shared/derive/runbook-parts.ts';
import { personalInWords } from '#shared/derive/runbook-personal.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { usesPgp } from '../contract/file-security.ts';
import { ackPrefix, fixedPrefix, inPrefix } from '../core/outcome/prefixes.ts';
import { badRowsInWords, duplicatesInWords, startInWords } from './file-words.ts';
import { busWaitInWords, receivesInWords } from './retry-words.ts';

/** What the runbook of a file lane says of its kind. */
export const laneRunbook = (lane: FileLane): RunbookParts => ({
  dataClass: personalInWords(lane.columns, 'the file'),
  reconciliation: 'There is no separate job.',
  dashboard: 'hand-offs with state, tally and last fault in the ledger table',
  secretRotation: secrets(lane),
  normalFlow: normalFlow(lane),
  deadLetters: `A message reaches the dead-letter queue after ${receivesInWords}. While the event bus is down, a message waits for ${busWaitInWords} first. Follow [Dead letters](#dead-letters): fix the cause, then redrive. Nothing is lost or counted twice: finished chunks are skipped, and event ids stay the same.`,
  recovery: [
    'A file is stuck: find its hand-off in the ledger by key. State, attempts, lease and last fault show where it is. It continues by itself when its lease ends.',
    `The event bus is down: do nothing. Files wait for up to ${busWaitInWords} and continue from their checkpoints within ${limits.delaySecondsMax / 60} minutes after the bus is back. The same content under another name waits as long. What is still not finished becomes a dead letter; redrive it when the bus is back.`,
    `A rejected file must be processed again: ask the partner to drop it again under ${code(inPrefix(lane))}. Rejected content is no duplicate.`,
    `Rows were quarantined: the report in the quarantine bucket holds each row with its fault. The partner corrects them in the ${code('.rejected.csv')} and drops it under ${code(fixedPrefix(lane))}: only these rows are published, and each once.`,
    'A consumer lost events: replay them from the bus archive. Their ids stay the same.',
  ],
  more: [],
  disable: `${disableCommand(lane)} Files are dropped as always, and their notifications wait in the lane’s queue for ${limits.workQueueHours / 24} days. A file in work stops at its next checkpoint. To roll back, deploy the previous version: it continues from the checkpoints.`,
  statuses: codeTable(lane.columns, 'its row'),
});

const secrets = ({ delivery }: FileLane): string => {
  const held = [
    ...(usesPgp(delivery.security) ? [pgpRotation] : []),
    ...(delivery.via.includes('sftp') ? [sftpRotation] : []),
  ];
  return held.join('. ') || noSecret;
};

const pgpRotation =
  'The OpenPGP keys in the lane’s secret: write the new key as `current` and the old one as `previous`, and remove `previous` when no file needs it any more';

const sftpRotation =
  'The partner’s SFTP key: add the new public key to the Transfer Family user, wait until the partner uses it, then remove the old one';

const noSecret = 'The lane holds no secret: its function and the partner each use their own role';

const normalFlow = (lane: FileLane): string[] => [
  `${lane.partner.name} drops ${code(lane.delivery.name)} under ${code(inPrefix(lane))}. Processing begins ${startInWords(lane)}.`,
  'The lane leases the file, reads it once for hash, size and records, and claims its content. A second notification finds the file leased or settled, and changes nothing.',
  `The lane reads and maps the rows, and publishes them as ${lane.events.map(event => code(event.type)).join(', ')}: ${badRowsInWords(lane)}.`,
  `Duplicates: ${duplicatesInWords(lane)}.`,
  `The lane closes the books, writes the answer to ${code(`${ackPrefix(lane)}<file>.ack.json`)} (and ${code('<file>.rejected.csv')} when rows were quarantined), and publishes ${code('edge.file.settled.v1')}.`,
];
