import { limits } from '#shared/contract/limits.ts';
import { promisedSeconds } from '#shared/contract/promised-seconds.ts';
import {
  type AlarmSpec,
  counted,
  functionErrors,
  functionThrottles,
  linesWith,
  messageIs,
  queueMetrics,
  quiet,
  stoppingDeployments,
  waiting,
  waitingSince,
  withRunbook,
} from '#shared/derive/alarm.ts';
import { ifDisabled } from '#shared/derive/disable-command.ts';
import { code } from '#shared/derive/markdown.ts';
import { readDeadLetters } from '#shared/derive/read-dead-letters.ts';
import type { FileLane } from '../contract/file-lane.ts';
import type { SettledState } from '../core/outcome/handoff.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import { inPrefix } from '../core/outcome/prefixes.ts';
import { scheduleInWords } from './file-words.ts';
import { busWaitInWords, receivesInWords } from './retry-words.ts';

export type LaneAlarmId =
  | 'dead-letters'
  | 'oldest-message'
  | 'function-errors'
  | 'failing-messages'
  | 'unbalanced-books'
  | 'lane-stopped'
  | 'throttled-function'
  | 'failed-notifications'
  | 'overdue-file'
  | 'quiet';

/** What is watched; infrastructure finds the lane's own queue, function or log group for it. */
export type LaneAlarmMetric =
  | { readonly kind: 'queue'; readonly queue: 'lane' | 'dlq'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string }
  /** Of the rule that brings notifications of dropped files. */
  | { readonly kind: 'rule'; readonly name: string }
  /** 1 in each period in which no file was dropped. */
  | { readonly kind: 'quiet' }
  /** Counts, in each run of the reconciler, the files that are overdue. */
  | { readonly kind: 'overdue' }
  /** Counts the lines of the lane's log that a CloudWatch filter pattern matches. */
  | { readonly kind: 'log'; readonly name: string; readonly pattern: string };

export type LaneAlarmSpec = AlarmSpec<LaneAlarmId, LaneAlarmMetric>;

type Watched = Omit<LaneAlarmSpec, 'runbook'>;

/** The alarms of a lane; the same data makes the CloudWatch alarms and their runbook. */
export const laneAlarmsOf = (lane: FileLane): readonly LaneAlarmSpec[] =>
  withRunbook<Watched>(lane, [
    deadLetters,
    oldestMessage(lane),
    ...stoppingDeployments([laneFunctionErrors, failingMessages, unbalancedBooks, laneStopped]),
    throttledFunction,
    failedNotifications,
    ...overdueFile(lane),
    ...quiet(lane, {
      meaning: `${lane.partner.name} has dropped no file`,
      whatToDo: [
        `Look at what ${code(inPrefix(lane))} in the inbound bucket got last. If a file is there that has no hand-off, its notification was lost: copy the object onto itself, and it is notified again.`,
        `If nothing is there, ask ${lane.partner.contact} whether a file is missing, and whether its access still works.`,
        'If the silence is right, raise `quietForHours` in the contract. After a first deployment the alarm rings until the first file has come.',
      ],
    }),
  ]);

/** Rings as long as a file is missing. None for a lane without a schedule. */
const overdueFile = (lane: FileLane): readonly Watched[] =>
  lane.schedule === undefined
    ? []
    : [
        {
          id: 'overdue-file',
          title: 'Overdue file',
          meaning: `A file did not come: ${scheduleInWords(lane.schedule)}.`,
          metric: { kind: 'overdue' },
          ...counted(1, 1_800),
          whatToDo: [
            `Run ${code('npm run edge -- status --stage <stage>')}. It names the time that the file was due.`,
            `Run ${code(`npm run edge -- files ${lane.id} --stage <stage>`)}. If the file is there in the state ${code('awaiting')}, another object must come first.`,
            `If it is not there, ask ${lane.partner.contact}. The alarm ends when the file has come; ${code('npm run edge -- show <id> --stage <stage>')} then says that it arrived late.`,
            'If none was expected, add the day to `schedule.holidays` in the contract.',
          ],
        },
      ];

const unbalanced: SettledState = 'unbalanced';

const deadLetters: Watched = {
  id: 'dead-letters',
  title: 'Dead letters',
  meaning: `A message had ${receivesInWords}, or waited ${busWaitInWords} for the event bus, or a notification could not be delivered. Its file stays unsettled until the message is redriven.`,
  metric: { kind: 'queue', queue: 'dlq', name: queueMetrics.depth },
  ...waiting(1),
  whatToDo: [
    `See what the letters are about: ${readDeadLetters}. They stay where they are. \`reason\` is the code of what stopped it last: see [Common incidents](#common-incidents).`,
    'A message without `reason` was moved by the queue itself because its function died, or by EventBridge, which says why in `ERROR_CODE` and `ERROR_MESSAGE`. Its body names the object or the hand-off.',
    'Run `npm run edge -- show <id> --stage <stage>` with the id of the hand-off. Its last fault has the detail; the log has the error.',
    'Fix the cause: roles and policies, the contract, or a bug.',
    'Then run `npm run edge -- plan redrive <lane> --stage <stage>`. It counts the letters, and says how to send them back. It is safe to repeat work: finished chunks are skipped, and event ids stay the same.',
  ],
};

const oldestMessage = (lane: FileLane): Watched => ({
  id: 'oldest-message',
  title: 'Oldest message',
  meaning:
    'A message has waited longer than its events may take from arrival to the bus. The lane is behind, or stuck.',
  metric: { kind: 'queue', queue: 'lane', name: queueMetrics.age },
  ...waitingSince(waitSecondsMax(lane)),
  whatToDo: [
    ifDisabled,
    'Check the other alarms of this lane. If one rings, start there.',
    `Check how many functions run. With ${lane.maxConcurrency}, the lane is at the limit that its contract sets.`,
    'If the lane is processing a large file or many files, wait. If that happens often, raise maxConcurrency in the contract.',
    'If no function runs, check that the account has concurrency left.',
  ],
});

/** The strictest promise of the lane's events, but never less than the wait for a file that its sidecar announces. */
function waitSecondsMax({ events, delivery }: FileLane): number {
  const promised = promisedSeconds(events);
  return delivery.startsOn === 'data' ? promised : Math.max(promised, limits.dataWaitSeconds);
}

const laneFunctionErrors: Watched = functionErrors(
  'A function ended without reporting on its message: it ran out of time or memory, or could not start.',
  [
    'Look at the end of the invocation in the lane’s log. It shows a timeout, a memory limit, or an error while the module loaded.',
    'If it happened once, do nothing. The queue delivers the message again when its lease has ended, and the work continues from its checkpoint.',
    'If the same file fails again and again, find out what is unusual about it. Fix the bug, then redrive the dead-letter queue.',
  ],
);

// Retries come after 10, 20, 40 seconds and so on: a short outage of a service is over before it counts three times.
const failingMessages: Watched = {
  id: 'failing-messages',
  title: 'Failing messages',
  meaning: 'Messages fail again and again with an unexpected error. A service is down, or there is a bug.',
  metric: { kind: 'log', name: 'FailedMessages', pattern: linesWith(logLines.messageFailed) },
  ...counted(3, 300),
  whatToDo: [
    `Find the lines “${logLines.messageFailed}” in the lane’s log. They hold the error and its cause.`,
    `If an AWS service is down, wait. A message becomes a dead letter only after ${receivesInWords}. If that happens, redrive it when the service is back.`,
    'Otherwise it is a bug. Fix it, deploy, and redrive the dead-letter queue.',
  ],
};

const unbalancedBooks: Watched = {
  id: 'unbalanced-books',
  title: 'Unbalanced books',
  meaning:
    'The records received do not equal the records with an outcome. A record was lost or counted twice.',
  metric: {
    kind: 'log',
    name: 'UnbalancedBooks',
    pattern: `{ (${messageIs(logLines.fileSettled)}) && ($.state = "${unbalanced}") }`,
  },
  ...counted(1, 60),
  whatToDo: [
    'Do not write an acknowledgement by hand, and do not tell the partner that the file is complete.',
    'Take the hand-off’s id from the log line, and read its chunks in the ledger: records, tally and position of each.',
    'Find the chunk whose records and tally differ. Compare its rows with the object that the hand-off names, at the version named.',
    'Keep the object, the chunks and the log. Fix the bug, then drop the missing records in a new file.',
  ],
};

const laneStopped: Watched = {
  id: 'lane-stopped',
  title: 'Lane stopped',
  meaning:
    'The work stopped at its checkpoint: the function lacks a permission or key, or the bus did not accept events. No row is at fault.',
  metric: { kind: 'log', name: 'LaneStopped', pattern: linesWith(logLines.laneStopped) },
  ...counted(1, 60),
  whatToDo: [
    `Find the line “${logLines.laneStopped}” in the lane’s log. Its fault names the cause.`,
    'If access was denied, compare the function’s role, the bucket, queue and bus policies, and any service control policy with what this version deploys. Deploy again if they differ.',
    `If the bus did not accept events, or gave no answer, wait: the work is tried again with growing delays for ${busWaitInWords}.`,
    'When the cause is fixed, do nothing more: the next attempt continues from the checkpoint. If the dead-letter alarm rang too, redrive its queue.',
  ],
};

const throttledFunction: Watched = functionThrottles(
  'Messages of the lane’s queue come again, so no file is lost, but files are late.',
  ['When it is over, do nothing: the queue delivers the messages again.'],
);

const failedNotifications: Watched = {
  id: 'failed-notifications',
  title: 'Failed notifications',
  meaning:
    'EventBridge could not bring the notification of a dropped file to the lane’s queue, nor to its dead-letter queue. The lane does not know of the file.',
  metric: { kind: 'rule', name: 'FailedInvocations' },
  ...counted(1, 300),
  whatToDo: [
    'Compare the policies of the lane’s queue and of its dead-letter queue with what this version deploys: EventBridge must be allowed to send. Deploy again if they differ.',
    `List the objects under ${code('<folder>/in/')} of that time. Those without an answer under ${code('<folder>/ack/')} were not notified.`,
    'Copy each of them onto itself. S3 notifies it again, as a new version.',
  ],
};
