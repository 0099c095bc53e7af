import { limits } from '#shared/contract/limits.ts';
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
import type { FileLane } from '../contract/file-lane.ts';

export type AlarmId =
  | 'dead-letters'
  | 'oldest-message'
  | 'function-errors'
  | 'failing-messages'
  | 'unbalanced-books'
  | 'lane-stopped';

/** What is watched; infrastructure finds the lane's own queue, function or log group for it. */
export type AlarmMetric =
  | { readonly kind: 'queue'; readonly queue: 'lane' | 'dlq'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string }
  /** Counts the lines of the lane's log that a CloudWatch filter pattern matches. */
  | { readonly kind: 'log'; readonly name: string; readonly pattern: string };

export type LaneAlarmSpec = AlarmSpec<AlarmId, AlarmMetric>;

type Watched = Omit<LaneAlarmSpec, 'runbook'>;

/** The alarms of a lane; the same data makes the CloudWatch alarms and their runbook. */
export const alarmsOf = (lane: FileLane): readonly LaneAlarmSpec[] =>
  withRunbook<Watched>(lane, [
    deadLetters,
    oldestMessage(lane),
    laneFunctionErrors,
    failingMessages,
    unbalancedBooks,
    laneStopped,
  ]);

const deadLetters: Watched = {
  id: 'dead-letters',
  title: 'Dead letters',
  meaning: `Work was given up after ${limits.receivesMax} attempts, or a notification could not be delivered: a file is unsettled until it is redriven.`,
  metric: { kind: 'queue', queue: 'dlq', name: queueMetrics.depth },
  ...waiting(1),
  whatToDo: [
    'Read a message of the dead-letter queue without deleting it; it names the object or the hand-off and chunk.',
    'Look up the hand-off in the ledger: its last fault says what stopped it; the log of the same hand-off has the error.',
    'Remove the cause: roles and policies, the contract, or a bug.',
    'Redrive the dead-letter queue, with the lane queue as the destination. Repeating work is safe: finished chunks are skipped, event ids stay the same.',
  ],
};

const oldestMessage = (lane: FileLane): Watched => ({
  id: 'oldest-message',
  title: 'Oldest message',
  meaning:
    'Work has waited longer than its events may take from arrival to the bus: the lane is behind, or stuck.',
  metric: { kind: 'queue', queue: 'lane', name: queueMetrics.age },
  ...waitingSince(waitSecondsMax(lane)),
  whatToDo: [
    'See whether the other alarms of this lane ring; if so, begin there.',
    `See how many functions run: at ${lane.maxConcurrency} the lane works as hard as its contract lets it.`,
    'If a large file or a burst is being worked off, wait; raise maxConcurrency in the contract if it happens often.',
    'If nothing runs, see whether the event source mapping is enabled and the account has concurrency left.',
  ],
});

/** The strictest promise of the lane's events, but never less than the wait for a file that its sidecar announces. */
function waitSecondsMax({ events, delivery }: FileLane): number {
  const promised = promisedSeconds(events);
  return delivery.startsOn === 'data' ? promised : Math.max(promised, limits.dataWaitSeconds);
}

const laneFunctionErrors: Watched = functionErrors(
  'A function died before it could say what became of its message: out of time, out of memory, or unable to start.',
  [
    'Look at the end of the invocation in the lane’s log: a timeout, a memory limit, or an error while the module loaded.',
    'A single one needs nothing: the queue brings the work back when its lease ends, and it goes on from its checkpoint.',
    'The same file again and again: look at what is unusual about it, correct the bug, then redrive what reached the dead-letter queue.',
  ],
);

// Retries come after 10, 20, 40 seconds and so on: one hiccup of a service is mended before it counts three times.
const failingMessages: Watched = {
  id: 'failing-messages',
  title: 'Failing messages',
  meaning:
    'Work fails again and again with an error that nobody foresaw: a service is down, or there is a bug.',
  metric: { kind: 'log', name: 'FailedMessages', pattern: '{ $.message = "message failed" }' },
  ...counted(3, 300),
  whatToDo: [
    'Find the lines “message failed” in the lane’s log; the error and its cause are in them.',
    'If an AWS service is at fault, wait: the work is tried again with growing delay for about two hours.',
    'Otherwise it is a bug: correct it and deploy. What reached the dead-letter queue meanwhile is redriven.',
  ],
};

const unbalancedBooks: Watched = {
  id: 'unbalanced-books',
  title: 'Unbalanced books',
  meaning: 'Records received do not equal records with an outcome: a record was lost or counted twice.',
  metric: {
    kind: 'log',
    name: 'UnbalancedBooks',
    pattern: '{ ($.message = "file settled") && ($.state = "unbalanced") }',
  },
  ...counted(1, 60),
  whatToDo: [
    'Do not acknowledge by hand, and do not tell the partner that the file is complete.',
    'Take the hand-off’s id from the log line and read its chunks in the ledger: received, tally and position of each.',
    'Compare with the object named in the hand-off, at the version named: the chunk whose records and tally differ is where to look.',
    'Keep the object, the chunks and the log; correct the bug; then drop the file’s missing records again.',
  ],
};

const laneStopped: Watched = {
  id: 'lane-stopped',
  title: 'Lane stopped',
  meaning:
    'The function was refused something that it must do (role, policy or key). Work stops at its checkpoint; no row is blamed.',
  metric: { kind: 'log', name: 'LaneStopped', pattern: '{ $.message = "lane stopped" }' },
  ...counted(1, 60),
  whatToDo: [
    'The log line names the action that was refused and the resource.',
    'Compare the function’s role, the bucket, queue and bus policies, and any service control policy with what this version deploys; deploy again if they drifted.',
    'Nothing else: the work goes on from its checkpoint at the next attempt. Redrive the dead-letter queue if it rang as well.',
  ],
};
