import {
  type AlarmSpec,
  counted,
  functionErrors,
  queueMetrics,
  waiting,
  waitingSince,
  withRunbook,
} from '#shared/derive/alarm.ts';
import { promisedSeconds } from '#shared/derive/promised-seconds.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasOutbox, hasTable } from '../contract/cdc-feed.ts';
import { mendingSteps, takeAgainCommand } from './feed-mending.ts';

export type FeedAlarmId =
  | 'undelivered-records'
  | 'feed-behind'
  | 'feed-stopped'
  | 'function-errors'
  | 'quarantined-changes'
  | 'unbalanced-books'
  | 'schema-drift';

/** What is watched; infrastructure finds the feed's own queue, function or log group for it. */
export type FeedAlarmMetric =
  /** The queue on which records that were given up are announced. */
  | { readonly kind: 'queue'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string }
  /** How long the newest batch had lain on the stream. */
  | { readonly kind: 'age' }
  /** Counts the lines of the feed's log that a CloudWatch filter pattern matches. */
  | { readonly kind: 'log'; readonly name: string; readonly pattern: string };

export type FeedAlarmSpec = AlarmSpec<FeedAlarmId, FeedAlarmMetric>;

type Watched = Omit<FeedAlarmSpec, 'runbook'>;

/** The alarms of a feed; the same data makes the CloudWatch alarms and their runbook. */
export const feedAlarmsOf = (feed: CdcFeed): readonly FeedAlarmSpec[] =>
  withRunbook<Watched>(feed, [
    undelivered(feed),
    ...(feed.stream.kind === 'kafka' ? [] : [behind(feed)]),
    stopped,
    feedFunctionErrors(feed),
    quarantined(feed),
    unbalanced,
    ...(hasTable(feed) ? [drift(feed)] : []),
  ]);

const undelivered = ({ id }: CdcFeed): Watched => ({
  id: 'undelivered-records',
  title: 'Undelivered records',
  meaning:
    'Records were given up after their time or attempts were over; they lie whole in the bucket of undelivered records, and later changes went on without them.',
  metric: { kind: 'queue', name: queueMetrics.depth },
  ...waiting(1),
  whatToDo: [
    `See what was given up, and since when: \`npm run redeliver -- ${id} --stage <stage>\`. It changes nothing.`,
    'Remove what made the batches fail; the feed’s log of that time has the error.',
    'Deliver them: the same with `--go`. The feed’s function is invoked with each batch again, in the order of the stream: event ids stay the same, and a consumer that compares sequences lets the newest change win.',
    'It takes objects and announcements away when their batch has ended. Where some stay it ends with 1 and says what stopped, where, and what was held back for it: mend that, and call it again.',
  ],
});

const hasShards = ({ stream }: CdcFeed): boolean =>
  stream.kind === 'kinesis' && stream.shards !== 'on-demand';

const behind = (feed: CdcFeed): Watched => ({
  id: 'feed-behind',
  title: 'Feed behind',
  meaning:
    'Changes have lain on the stream longer than their events may take to the bus: the feed is behind, or stuck.',
  metric: { kind: 'age' },
  ...waitingSince(promisedSeconds(feed.events)),
  whatToDo: [
    'See whether the other alarms of this feed ring; if so, begin there.',
    `A ${feed.source.kind === 'dynamodb' ? '' : 'snapshot or a '}burst is worked off by itself; watch that the age falls.`,
    hasOutbox(feed)
      ? 'If it happens often, spread the events over several outboxes, each with a feed of its own: one reader of one shard keeps those of an aggregate in order.'
      : `If it happens often, raise parallelBatchesPerShard${hasShards(feed) ? ', then the shards of the stream' : ''}; changes of one key stay in order.`,
    `Records are given up at an age of ${feed.retry.recordAgeSecondsMax} seconds, and are kept whole then.`,
  ],
});

// The mapping tries again within seconds: a hiccup of the bus is over before it counts three times.
const stopped: Watched = {
  id: 'feed-stopped',
  title: 'Feed stopped',
  meaning:
    'A batch stops at the same record again and again: the bus does not take events, or the function was refused something that it must do. No change is blamed.',
  metric: { kind: 'log', name: 'StoppedBatches', pattern: '{ $.message = "batch stopped" }' },
  ...counted(3, 300),
  whatToDo: [
    'The log lines “batch stopped” name the fault and where the shard will go on.',
    'ACCESS_DENIED: compare the function’s role with what this version deploys; deploy again if it drifted.',
    'Otherwise the bus is in trouble: wait. The stream keeps the records and brings them again.',
  ],
};

const feedFunctionErrors = ({ stream }: CdcFeed): Watched =>
  functionErrors(
    'The function died before it could say what became of its batch: out of time, out of memory, unable to start, or a service that it needs failed.',
    [
      'Look at the end of the invocation in the feed’s log.',
      `A single one needs nothing: the batch comes again${stream.kind === 'kafka' ? '' : ', halved'}, and event ids stay the same.`,
    ],
  );

const quarantined = (feed: CdcFeed): Watched => ({
  id: 'quarantined-changes',
  title: 'Quarantined changes',
  meaning: 'Changes could not become events and were put aside, each with its reason; the others went on.',
  metric: {
    kind: 'log',
    name: 'QuarantinedChanges',
    pattern: '{ ($.message = "batch settled") && ($.quarantined > 0) }',
  },
  ...counted(1, 300),
  whatToDo: [
    `See how many there are of each code: \`${takeAgainCommand(feed)}\`. It changes nothing. Each lies under ${feed.id}/ in the quarantine bucket with code, place and remedy; the queue of quarantined changes tells of them as they come.`,
    ...mendingSteps(feed),
    'The command takes announcements away when nothing of what they tell is left; delete those of changes that were mended otherwise.',
  ],
});

const unbalanced: Watched = {
  id: 'unbalanced-books',
  title: 'Unbalanced books',
  meaning: 'Records received do not equal records with an outcome: a record was lost or counted twice.',
  metric: { kind: 'log', name: 'UnbalancedBooks', pattern: '{ $.message = "books unbalanced" }' },
  ...counted(1, 60),
  whatToDo: [
    'The log line names stream, shard and counts; the raw bucket has the whole batch.',
    'Keep both; it is a bug: compare the batch with the events that name it in `rawref`.',
    'Correct the bug, then invoke the function with an event of the same records, made of the raw batch: event ids stay the same.',
  ],
};

const drift = (feed: CdcFeed): Watched => ({
  id: 'schema-drift',
  title: 'Schema drift',
  meaning: `A captured table has other columns than the contract says. Its changes ${feed.drift === 'continue' ? 'go on without what is unknown' : 'are quarantined until the contract follows'}.`,
  metric: { kind: 'log', name: 'SchemaDrift', pattern: '{ $.message = "schema drift" }' },
  ...counted(1, 300),
  whatToDo: [
    'The log line, and the event edge.schema.drift-detected.v1, name the table and its columns.',
    'Decide with the table’s owner what each column means: map it, or name it in `ignore`.',
    'Deploy the contract; each difference is told of once.',
  ],
});
