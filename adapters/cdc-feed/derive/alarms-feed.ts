import { promisedSeconds } from '#shared/contract/promised-seconds.ts';
import {
  type AlarmSpec,
  counted,
  forHours,
  functionErrors,
  functionThrottles,
  linesWith,
  queueMetrics,
  quiet,
  waiting,
  waitingSince,
  withRunbook,
} from '#shared/derive/alarm.ts';
import { ifDisabled } from '#shared/derive/disable-command.ts';
import type { SignalName } from '#shared/derive/signal.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasGrowingPositions, hasOutbox, hasTable } from '../contract/cdc-feed.ts';
import { isReported, keptHours } from '../contract/cdc-stream.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { canBeReadAgain, fixingSteps, redeliverCommand, reprocessCommand } from './feed-fixing.ts';

export type FeedAlarmId =
  | 'undelivered-records'
  | 'feed-behind'
  | 'feed-stopped'
  | 'function-errors'
  | 'quarantined-changes'
  | 'unbalanced-books'
  | 'fallen-positions'
  | 'schema-drift'
  | 'feed-dead'
  | 'throttled-function'
  | 'unannounced-records'
  | 'quiet';

/** What is watched. Infrastructure finds the feed's own queue, function or log group for it. */
export type FeedAlarmMetric =
  /** The queue with the notices of undelivered records. */
  | { readonly kind: 'queue'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string }
  /** How long the newest batch waited on the stream, or, of Kafka, what waits there now. */
  | { readonly kind: 'age' }
  /** 1 in each period in which records came and no batch was delivered. */
  | { readonly kind: 'dead' }
  /** Events that the rule for undelivered records could not bring to their queue. */
  | { readonly kind: 'unannounced' }
  /** 1 in each period in which no batch was delivered. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'signal'; readonly name: SignalName }
  /** Counts the lines of the feed's log that a CloudWatch filter pattern matches. */
  | { readonly kind: 'log'; readonly name: string; readonly pattern: string };

export type FeedAlarmSpec = AlarmSpec<FeedAlarmId, FeedAlarmMetric>;

type Watched = Omit<FeedAlarmSpec, 'runbook'>;

/** The alarms of a feed; the same data makes the CloudWatch alarms and their runbook. */
export const feedAlarmsOf = (feed: CdcFeed): readonly FeedAlarmSpec[] =>
  withRunbook<Watched>(feed, [
    undelivered(feed),
    behind(feed),
    dead(feed),
    stopped(feed),
    feedFunctionErrors(feed),
    quarantined(feed),
    unbalanced,
    ...(hasGrowingPositions(feed) ? [fallen(feed)] : []),
    ...(hasTable(feed) ? [drift(feed)] : []),
    throttledFunction,
    unannounced,
    ...quiet(feed, {
      meaning: 'No change has reached the function',
      whatToDo: [
        ifDisabled,
        'If the alarm Feed dead rings as well, begin there: changes come, and are not delivered.',
        `Check that the ${feed.source.kind === 'dynamodb' ? 'table' : 'connector'} still writes to the stream. Ask ${feed.partner.contact}.`,
        'If the silence is right, raise `quietForHours` in the contract. After a first deployment the alarm rings until the first change has come.',
      ],
    }),
  ]);

const undelivered = (feed: CdcFeed): Watched => ({
  id: 'undelivered-records',
  title: 'Undelivered records',
  meaning:
    'Records were not delivered before they became too old or were tried too often. They are stored complete in the bucket of undelivered records. Later changes went on without them.',
  metric: { kind: 'queue', name: queueMetrics.depth },
  ...waiting(1),
  whatToDo: [
    `See what is undelivered, and since when: \`npm run edge -- undelivered ${feed.id} --stage <stage>\`.`,
    'Fix what made the batches fail. The feed’s log of that time has the error.',
    `Make a plan: \`${redeliverCommand(feed)}\`. It counts the records, and changes nothing. Run it as it says. It invokes the feed’s function with the records again, in the order of the stream. Event ids stay the same, and a consumer that compares sequences lets the newest change win.`,
    'If a record fails again, the plan says why, and is paused at its end. What must not overtake the record waits. Fix the cause and resume the plan.',
  ],
});

const hasShards = ({ stream }: CdcFeed): boolean =>
  stream.kind === 'kinesis' && stream.shards !== 'on-demand';

const behind = (feed: CdcFeed): Watched => ({
  id: 'feed-behind',
  title: 'Feed behind',
  meaning:
    'Changes waited on the stream for longer than their events may take to reach the bus. The feed is behind, or stuck.',
  metric: { kind: 'age' },
  ...waitingSince(promisedSeconds(feed.events)),
  whatToDo: [
    ifDisabled,
    'Check whether other alarms of this feed ring. If so, begin with those.',
    `A ${feed.source.kind === 'dynamodb' ? '' : 'snapshot or a '}burst needs no action. Watch that the age falls.`,
    ifOften(feed),
    feed.stream.kind === 'kafka'
      ? 'Records wait in their topics for as long as the cluster keeps them.'
      : `Records that are ${feed.retry.recordAgeSecondsMax} seconds old become undelivered. They are stored complete then.`,
  ],
});

function ifOften(feed: CdcFeed): string {
  if (hasOutbox(feed))
    return 'If it happens often, split the events over several outboxes, each with its own feed. One reader of one shard keeps the events of an aggregate in order.';
  if (feed.stream.kind === 'kafka')
    return 'If it happens often, give the topics more partitions. Changes of one key stay in order within a partition.';
  return `If it happens often, raise parallelBatchesPerShard${hasShards(feed) ? ', then the shards of the stream' : ''}. Changes of one key stay in order.`;
}

// The mapping tries again within seconds: a short failure of the bus is over before it counts three times.
const stopped = (feed: CdcFeed): Watched => ({
  id: 'feed-stopped',
  title: 'Feed stopped',
  meaning: `A batch stops at the same record again and again. The bus does not accept events, ${stopsAtFalls(feed) ? 'the function lacks a permission, or positions in the log fell' : 'or the function lacks a permission'}. What the changes contain is not the cause.`,
  metric: { kind: 'log', name: 'StoppedBatches', pattern: linesWith(logLines.batchStopped) },
  ...counted(3, 300),
  whatToDo: [
    `The log lines “${logLines.batchStopped}” name the fault and the record at which the shard continues.`,
    ...(stopsAtFalls(feed) ? ['POSITION_FELL: see Fallen positions.'] : []),
    'ACCESS_DENIED: compare the function’s role with the one that this version deploys. Deploy again if they differ.',
    'Any other code: the bus has a problem. Wait: the stream keeps the records and brings them again.',
  ],
});

const stopsAtFalls = (feed: CdcFeed): boolean => hasGrowingPositions(feed) && feed.fallenPositions === 'stop';

const feedFunctionErrors = ({ stream }: CdcFeed): Watched =>
  functionErrors(
    'The function died before it could report what became of its batch. It ran out of time or memory, could not start, or a service that it needs failed.',
    [
      'Look at the end of the invocation in the feed’s log.',
      `A single error needs no action: the batch comes again${isReported(stream) ? ', halved' : ''}, and event ids stay the same.`,
    ],
  );

const quarantined = (feed: CdcFeed): Watched => ({
  id: 'quarantined-changes',
  title: 'Quarantined changes',
  meaning:
    'Changes could not become events. They are quarantined, each with its reason. The other changes went on.',
  metric: { kind: 'signal', name: 'Quarantined' },
  ...counted(1, 300),
  whatToDo: [
    `See how many there are of each code: \`${reprocessCommand(feed)}\`. It changes nothing. Each change is an object under ${feed.id}/ in the quarantine bucket, with code, place and remedy. The queue of quarantined changes gets a notice of new ones.`,
    ...fixingSteps(feed),
    'The command deletes a notice when none of its changes is left. Delete the notices of changes that were fixed in another way yourself.',
  ],
});

const unbalanced: Watched = {
  id: 'unbalanced-books',
  title: 'Unbalanced books',
  meaning:
    'The records that a batch received do not equal the records that ended: one was lost or counted twice. The batch comes again, whole.',
  metric: { kind: 'log', name: 'UnbalancedBooks', pattern: linesWith(logLines.booksUnbalanced) },
  ...counted(1, 60),
  whatToDo: [
    `The log lines “${logLines.booksUnbalanced}” name stream, shard, first and last record, and the counts. The raw bucket has the whole batch.`,
    'It is a bug of the function, not of the data. Compare the batch with the events that name it in `rawref`.',
    'Fix the bug and deploy. The stream brings the batch again, with the same event ids. If it became undelivered meanwhile, redeliver it: see Undelivered records.',
  ],
};

const fallen = (feed: CdcFeed): Watched => ({
  id: 'fallen-positions',
  title: 'Fallen positions',
  meaning: `A change that was not written before has a position in the log below positions seen before. The database failed over to another server, was restored, or its log was reset. Consumers compare sequences, and would take new changes for old ones. ${stopsAtFalls(feed) ? 'The shard waits at this change.' : 'The changes are published as they are: consumers may ignore them.'}`,
  metric: { kind: 'log', name: 'FallenPositions', pattern: linesWith(logLines.positionFell) },
  ...counted(1, 300),
  whatToDo: [
    `The log line “${logLines.positionFell}” names the record, its position, the highest position seen before, and what is new about the change (\`newBy\`: the database’s time, a server, its transactions).`,
    'Find out from whoever runs the database what happened: a fail-over, a restore, a reset log, a new connector or topic.',
    `Raise \`source.epoch\` in the contract by one (it is ${feed.source.epoch ?? 0} now), commit, and deploy it: \`npm run deploy -- EdgeFeed-${feed.id}\`. Changes of the new epoch win over all before.${stopsAtFalls(feed) ? ' The shard continues at the change where it stopped. Records before it keep their epoch. A shard that still had changes of the old log may stop later: raise the epoch once more then.' : ''}`,
    ...(canBeReadAgain(feed)
      ? [
          `If the database lost changes (a restore, a fail-over to a replica that was behind)${stopsAtFalls(feed) ? '' : ', or consumers ignored some'}, have the table read again after the deployment: the guide “Connect a database” says how.`,
        ]
      : []),
    ...(stopsAtFalls(feed) && feed.stream.kind !== 'kafka'
      ? [
          `Do it before the records are ${feed.retry.recordAgeSecondsMax} seconds old. Later they become undelivered: deploy the new epoch, then redeliver them.`,
        ]
      : []),
  ],
});

const drift = (feed: CdcFeed): Watched => ({
  id: 'schema-drift',
  title: 'Schema drift',
  meaning: `A captured table has other columns than the contract names. Its changes ${feed.drift === 'continue' ? 'go on without what is unknown' : 'are quarantined until the contract follows'}.`,
  metric: { kind: 'log', name: 'SchemaDrift', pattern: linesWith(logLines.schemaDrift) },
  ...counted(1, 300),
  whatToDo: [
    `The log line “${logLines.schemaDrift}” and the event edge.schema.drift-detected.v1 name the table and its columns.`,
    'Decide with the table’s owner what each column means: map it, or name it in `ignore`.',
    'Deploy the contract. Each difference is reported once.',
  ],
});

// Two periods in a row, so that a record at the end of one that is delivered in the next does not ring.
const dead = (feed: CdcFeed): Watched => ({
  id: 'feed-dead',
  title: 'Feed dead',
  meaning: `${cameIn[feed.stream.kind]}, and the function was not called: its event source mapping is disabled, or may not read. Records are lost when the stream forgets them${keptFor(feed)}.`,
  metric: { kind: 'dead' },
  ...forHours(2),
  whatToDo: [
    ifDisabled,
    'Look at the feed’s event source mapping: `aws lambda list-event-source-mappings --function-name <function>`. `State` and `LastProcessingResult` say what is wrong.',
    `Disabled, but not by a plan: run \`npm run edge -- plan enable ${feed.id} --stage <stage>\`, and the command that it shows. It continues where it stopped.`,
    'PROBLEM, or access denied: compare the function’s role, and the policies of the stream and its key, with what this version deploys. Deploy again if they differ.',
    'Afterwards watch that the age of the alarm Feed behind falls. What the stream forgot meanwhile must be read from the source again, by a snapshot.',
  ],
});

const cameIn: Readonly<Record<CdcFeed['stream']['kind'], string>> = {
  kinesis: 'Records came in on the stream',
  dynamodb: 'The table was written to',
  kafka: 'Records wait in the topics',
};

function keptFor({ stream }: CdcFeed): string {
  const hours = keptHours(stream);
  return hours === undefined ? '' : `, after ${hours} hours`;
}

const throttledFunction: Watched = functionThrottles(
  'The stream brings its batches again, so no change is lost while the stream keeps them, but changes are late.',
  ['When it is over, do nothing: the stream continues where it stopped.'],
);

const unannounced: Watched = {
  id: 'unannounced-records',
  title: 'Unannounced records',
  meaning:
    'EventBridge could not bring a notice of undelivered records to their queue. The records are stored complete, but the alarm Undelivered records may not ring for them.',
  metric: { kind: 'unannounced' },
  ...counted(1, 300),
  whatToDo: [
    'Compare the policy of the queue of undelivered records with what this version deploys: EventBridge must be allowed to send. Deploy again if it differs.',
    'Messages of the queue `UnannouncedQueueUrl` are the notices, with `ERROR_CODE` and `ERROR_MESSAGE`. Move them to the queue of undelivered records: `aws sqs start-message-move-task --source-arn … --destination-arn …`.',
    'Then redeliver the records: see Undelivered records. Objects in the bucket that have no notice are listed by `aws s3 ls --recursive`.',
  ],
};
