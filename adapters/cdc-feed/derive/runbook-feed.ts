import type { Columns } from '#shared/contract/field.ts';
import { disableCommand } from '#shared/derive/disable-command.ts';
import { code } from '#shared/derive/markdown.ts';
import { codeTable } from '#shared/derive/runbook-codes.ts';
import type { RunbookParts } from '#shared/derive/runbook-parts.ts';
import { personalInWords } from '#shared/derive/runbook-personal.ts';
import { duration } from '#shared/derive/words.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasGrowingPositions, hasTable } from '../contract/cdc-feed.ts';
import { isReported, keptHours } from '../contract/cdc-stream.ts';
import type { CapturedTable } from '../contract/cdc-table.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { redeliverCommand, reprocessCommand } from './feed-fixing.ts';
import { driftInWords, sourceInWords, streamInWords } from './feed-words.ts';

/** The parts of a runbook that only CDC feeds have. */
export const feedRunbook = (feed: CdcFeed): RunbookParts => ({
  dataClass: dataClass(feed),
  reconciliation: 'None runs on its own.',
  dashboard: 'batches with received, outcomes and place in the feed’s log',
  secretRotation:
    'The feed has no secret: its function uses a role. Whoever runs the database manages the connector’s credentials',
  normalFlow: normalFlow(feed),
  deadLetters: deadLetters(feed),
  recovery: recovery(feed),
  more: [],
  disable: disable(feed),
  statuses: codeTable(columnsOf(feed), 'its change'),
});

/** Columns of all tables as their fields read them, with the table before the name where there are several. */
function columnsOf({ tables }: CdcFeed): Columns {
  const captured = Object.entries(tables).filter(
    (entry): entry is [string, CapturedTable] => entry[1].kind === 'table',
  );
  const isOne = captured.length === 1;
  return Object.fromEntries(
    captured.flatMap(([table, { columns }]) =>
      Object.entries(columns).map(([name, { read }]) => [isOne ? name : `${table}.${name}`, read] as const),
    ),
  );
}

function dataClass(feed: CdcFeed): string {
  const inEvents = [...new Set(feed.events.flatMap(event => event.pii))];
  const ofColumns = personalInWords(columnsOf(feed), 'the raw bucket');
  return ofColumns === 'No personal data' && inEvents.length > 0
    ? `Personal data in the events: ${inEvents.map(code).join(', ')}. Never in logs; complete in the raw bucket, the quarantine and the events`
    : ofColumns;
}

const normalFlow = (feed: CdcFeed): string[] => [
  `${feed.partner.name} commits a change; ${sourceInWords(feed)} writes it to ${streamInWords(feed)}.`,
  `The function receives a batch of up to ${feed.batch.records} records. First it writes their bytes to the raw bucket.`,
  `Each record is decoded, checked against the contract and ${hasTable(feed) ? `mapped. Other columns: ${driftInWords(feed)}. Each new difference is reported once, as ${code('edge.schema.drift-detected.v1')}` : 'published as the event that it carries'}.`,
  `Events are published in order within a key: ${feed.events.map(event => code(event.type)).join(', ')}.`,
  'A record that cannot become an event is quarantined with its faults, and operators are notified. The others go on.',
  `The books of the batch are closed (“${logLines.batchSettled}”). The stream brings the records again whose events the bus did not accept.`,
];

const deadLetters = ({ stream, retry }: CdcFeed): string => {
  const when = !isReported(stream)
    ? 'Lambda stops trying to deliver a batch'
    : `a record is ${duration(retry.recordAgeSecondsMax)} old${retry.attemptsMax === undefined ? '' : `, or was tried ${retry.attemptsMax} times`}`;
  return `There is no work queue. When ${when}, the complete batch is written to the bucket of undelivered records, and a notice is sent to the queue of undelivered records for 14 days: see [Undelivered records](#undelivered-records).`;
};

const recovery = (feed: CdcFeed): string[] => [
  `Undelivered records: ${code(redeliverCommand(feed))} makes a plan that redelivers them, see [Undelivered records](#undelivered-records). Event ids stay the same, and consumers that compare ${code('sequence')} let the newest change win.`,
  `Quarantined changes: each object under ${code(`${feed.id}/`)} of the quarantine bucket holds a record with code, column and remedy. Once the contract is fixed and deployed, ${code(reprocessCommand(feed))} makes a plan that reprocesses them, each with its place in the log. For other ways see [Quarantined changes](#quarantined-changes).`,
  ...(feed.source.kind === 'dynamodb'
    ? []
    : [
        `The log’s positions start over (fail-over, restored database, lost slot, new task): raise ${code('source.epoch')} in the contract and deploy it before changes flow again, so that later changes win.${hasGrowingPositions(feed) ? ' If it was forgotten, an alarm rings: see [Fallen positions](#fallen-positions).' : ''}`,
      ]),
  'A consumer lost events: replay them from the bus archive; ids stay the same.',
];

const disable = (feed: CdcFeed): string => {
  const { stream, retry } = feed;
  const kept =
    stream.kind === 'kafka'
      ? 'records wait in their topics for as long as the cluster keeps them'
      : `records wait on the stream, which keeps them for ${keptHours(stream)} hours`;
  const inTime = isReported(stream)
    ? `. Enable it again before they are ${duration(retry.recordAgeSecondsMax)} old: older ones become undelivered, and are stored complete`
    : '';
  return `${disableCommand(feed)} Meanwhile ${kept}${inTime}. To roll back, deploy the version before. The feed continues where it stopped, with the same event ids.`;
};
