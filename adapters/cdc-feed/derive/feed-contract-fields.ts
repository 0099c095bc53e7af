import { limits } from '#shared/contract/limits.ts';
import { archiveInWords, type KindFields } from '#shared/derive/contract-field-names.ts';
import { code } from '#shared/derive/markdown.ts';
import { duration, sentence, tenantInWords } from '#shared/derive/words.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasTable } from '../contract/cdc-feed.ts';
import { isReported } from '../contract/cdc-stream.ts';
import type { Captured, CapturedTable } from '../contract/cdc-table.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { feedAlarmsOf } from './alarms-feed.ts';
import { knownBy } from './feed-identity.ts';
import { driftInWords, sourceInWords, streamInWords } from './feed-words.ts';

/** What a CDC feed agrees, beyond what all kinds agree. */
export const feedFields = (feed: CdcFeed): KindFields => ({
  Protocol: `Changes written by ${sourceInWords(feed)} to ${streamInWords(feed)}`,
  Trigger: trigger(feed),
  'Input schema': `Version ${feed.schemaVersion}: ${Object.entries(feed.tables)
    .map(([name, captured]) => tableInWords(name, captured))
    .join('; ')}${hasTable(feed) ? `. Other columns: ${driftInWords(feed)}` : ''}`,
  'Idempotency key': `${knownBy(feed)}. A record that comes again makes the same event ids. Within a batch it is a duplicate; later, consumers recognise it by its ids and its ${code('sequence')}`,
  'Correlation id':
    'One for each transaction of the log, or for each record where the log names none; on every event, with the trace',
  'Tenant propagation': tenantInWords(feed.tenant, 'column'),
  Timeout: `With less than ${limits.feedStopMilliseconds / 1000} s left the function stops publishing and reports where it stopped. If a publish call gets no answer, its result is UNKNOWN. The events are sent again with the same ids`,
  'Retry policy': `${limits.publishAttemptsMax} attempts a call with exponential backoff and full jitter; then ${retries(feed)}`,
  'State impact': `Every record of a batch is published, duplicate, quarantined or skipped, or comes again. Events of one key keep their order, and each carries a ${code('sequence')} to compare. ${sentence(stateRules(feed))}`,
  'Audit evidence': `Each batch as it came, in the raw bucket, and each quarantined change with its faults, for ${feed.retentionDays} days; each event names the bytes that it was made of`,
  'Replay behavior': `The function invoked with a batch again publishes the same event ids. Quarantined changes are reprocessed by command, each with its place in the log. ${snapshots(feed)}${archiveInWords(feed.events)}`,
  'Reconciliation path':
    'Books of each batch (received = published + duplicate + quarantined + skipped + what comes again); an imbalance rings an alarm, and the batch comes again. Nothing is compared with the database itself',
  'Security control': `The function may read ${streamInWords(feed)}, write under ${code(`${feed.id}/`)} of the raw and quarantine buckets and publish this feed’s events alone; it has no way to the database. TLS only, encrypted at rest`,
  'Operational dashboard': `Alarms ${feedAlarmsOf(feed)
    .map(alarm => code(alarm.id))
    .join(', ')}; the lines “${logLines.batchSettled}” of the feed’s log`,
});

function trigger({ batch, stream, parallelBatchesPerShard }: CdcFeed): string {
  const batches = `batches of up to ${batch.records} records, collected for at most ${duration(batch.windowSeconds)}`;
  return stream.kind === 'kafka'
    ? `Kafka brings ${batches}, one at a time for each partition`
    : `The stream brings ${batches}, ${parallelBatchesPerShard} at a time for each shard, from the oldest record on`;
}

const tableInWords = (name: string, captured: Captured): string =>
  captured.kind === 'outbox'
    ? `outbox ${code(name)}`
    : `${code(name)} with key ${captured.key.map(code).join(' + ')}${aggregateInWords(captured)} and columns ${Object.keys(captured.columns).map(code).join(', ')}`;

const aggregateInWords = ({ aggregatePerKey }: CapturedTable): string =>
  aggregatePerKey ? ` (an aggregate for each key: ${aggregatePerKey.reason})` : '';

function retries({ stream, retry }: CdcFeed): string {
  if (!isReported(stream))
    return 'Lambda brings the whole batch again, as often as it decides; then it becomes undelivered, and is stored complete';
  const attempts = retry.attemptsMax === undefined ? '' : `, ${retry.attemptsMax} times at most`;
  return `the stream brings the shard again from the first record that is not finished${attempts}, until it is ${duration(retry.recordAgeSecondsMax)} old; then it becomes undelivered, and is stored complete`;
}

function stateRules(feed: CdcFeed): string {
  if (feed.source.kind === 'dynamodb')
    return feed.expiries === 'skip' ? 'items that expire are skipped' : 'items that expire count as deleted';
  const read = feed.snapshots === 'skip' ? 'skipped' : `published as ${feed.snapshots}`;
  return `rows that a snapshot reads are ${!hasTable(feed) && feed.snapshots !== 'skip' ? 'published as inserts are' : read}`;
}

const snapshots = ({ source, snapshots: reads }: CdcFeed): string =>
  source.kind === 'dynamodb' || reads === 'skip'
    ? ''
    : 'A new snapshot publishes every row again, with a sequence below that of any live change of its epoch. ';
