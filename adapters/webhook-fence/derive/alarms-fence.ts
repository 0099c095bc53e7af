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
import { eventsOf, statusRoute, type WebhookFence } from '../contract/webhook-fence.ts';

export type FenceAlarmId =
  | 'refused-signatures'
  | 'throttled-requests'
  | 'no-usable-secret'
  | 'secret-overdue'
  | 'failing-requests'
  | 'function-errors'
  | 'unbalanced-books'
  | 'spill-depth'
  | 'oldest-spill'
  | 'dead-letters'
  | 'bus-denied'
  | 'rejects-not-kept';

/** Lines of one of the fence's two logs that a CloudWatch filter pattern matches. */
export interface CountedLines {
  readonly name: string;
  /** `access`: one line a request, by API Gateway, those that never reach the function included. */
  readonly log: 'access' | 'functions';
  readonly pattern: string;
}

export type FenceAlarmMetric =
  | { readonly kind: 'queue'; readonly queue: 'spill' | 'dlq'; readonly name: string }
  /** Of the function that answers requests. */
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'log'; readonly lines: CountedLines }
  /** Percentage that `part` is of `whole`; 0 while `part` counts fewer than `countMin`. */
  | {
      readonly kind: 'share';
      readonly part: CountedLines;
      readonly whole: CountedLines;
      readonly countMin: number;
    }
  /** Percentage of `whole` that has no counterpart in `ended`. */
  | { readonly kind: 'missing'; readonly whole: CountedLines; readonly ended: CountedLines };

export type FenceAlarmSpec = AlarmSpec<FenceAlarmId, FenceAlarmMetric>;

type Watched = Omit<FenceAlarmSpec, 'runbook'>;

/** The alarms of a fence; the same data makes the CloudWatch alarms and their runbook. */
export const fenceAlarmsOf = (fence: WebhookFence): readonly FenceAlarmSpec[] =>
  withRunbook<Watched>(fence, [
    refusedSignatures,
    throttledRequests(fence),
    noUsableSecret,
    ...(fence.secrets.rotationDays === undefined ? [] : [secretOverdue(fence.secrets.rotationDays)]),
    failingRequests,
    fenceFunctionErrors,
    unbalancedBooks(fence),
    spillDepth,
    oldestSpill(fence),
    deadLetters,
    busDenied,
    rejectsNotKept,
  ]);

const functionLines = (name: string, pattern: string): CountedLines => ({ name, log: 'functions', pattern });
const accessLines = (name: string, pattern: string): CountedLines => ({ name, log: 'access', pattern });

const allRequests = accessLines('Requests', '{ $.status = "*" }');

/** A line of the functions' log that should not be there. */
const word = (name: string, message: string): Pick<Watched, 'metric'> => ({
  metric: { kind: 'log', lines: functionLines(name, `{ $.message = "${message}" }`) },
});

// Anyone may post rubbish to a public address: a few are nothing. A wrong secret refuses most of what comes.
const refusedSignatures: Watched = {
  id: 'refused-signatures',
  title: 'Refused signatures',
  meaning:
    'Many requests are answered 401: the secret here is not the partner’s, or somebody forges requests.',
  metric: {
    kind: 'share',
    part: accessLines('Refused', '{ $.status = "401" }'),
    whole: allRequests,
    countMin: 3,
  },
  statistic: 'Sum',
  threshold: 10,
  unit: 'percent',
  periodSeconds: 900,
  whatToDo: [
    'Find the lines “request refused” in the fence’s log: the reason tells a wrong secret (SIGNATURE_MISMATCH) from a clock that is off or a header that is missing.',
    'If all requests are refused since a moment, ask the partner whether it changed its secret; write the new one to the fence’s secret, with the old one as `previous`.',
    'Then release what was refused meanwhile (`npm run release`): it is verified again as of the time it was received, so nothing needs to be sent again.',
    'If genuine requests pass beside them, they are forgeries: they cost little and are kept in bounded number. Restrict `allowFrom` in the contract if the partner’s addresses are known.',
  ],
};

const throttledRequests = ({ throttle, tenantQuota }: WebhookFence): Watched => ({
  id: 'throttled-requests',
  title: 'Throttled requests',
  meaning: `Requests are answered 429: more than ${throttle.ratePerSecond} a second come, or a tenant is over its quota. The partner has to send them again.`,
  metric: {
    kind: 'share',
    part: accessLines('Throttled', '{ $.status = "429" }'),
    whole: allRequests,
    countMin: 10,
  },
  statistic: 'Sum',
  threshold: 1,
  unit: 'percent',
  periodSeconds: 300,
  whatToDo: [
    'Look at the lines with status 429 in the access log: with an `error`, API Gateway’s throttle answered; without, the tenant’s quota.',
    'If the partner catches up after an outage, wait: it retries.',
    'If it is its ordinary load, raise `throttle` in the contract and see that the account’s Lambda concurrency can bear it.',
    tenantQuota
      ? 'If one tenant is over its quota, tell the partner, or raise `tenantQuota`.'
      : 'If it is a flood of forgeries, the partner’s requests suffer with them: restrict `allowFrom`, or put AWS WAF before the address.',
  ],
});

const noUsableSecret: Watched = {
  id: 'no-usable-secret',
  title: 'No usable secret',
  meaning:
    'The fence’s secret cannot be read, or holds no key of the kind that the partner’s scheme needs: requests are answered 503.',
  metric: {
    kind: 'log',
    lines: functionLines('NoUsableSecret', '{ ($.code = "NO_KEYS") || ($.message = "secret unreadable") }'),
  },
  ...counted(1, 300),
  whatToDo: [
    'On a new fence: write the secret that the partner gave, as the secret’s description says.',
    'Else find the lines “secret unreadable” and “request failed” in the fence’s log: they say whether reading was refused or what was read is no key.',
    'The partner was answered 503 and retries. Where it does not by itself, release what was kept with the rejects (`npm run release`), and have the partner deliver the rest again.',
  ],
};

const secretOverdue = (rotationDays: number): Watched => ({
  id: 'secret-overdue',
  title: 'Secret overdue',
  meaning: `The secret is older than the ${rotationDays} days that the contract allows.`,
  ...word('SecretOverdue', 'secret overdue'),
  ...counted(1, 3_600),
  whatToDo: [
    'Agree a new secret with the partner, or make one in its console.',
    'Write it as `current` and the old one as `previous`; both are valid until `previous` is taken out.',
    'Take `previous` out when the log says “previous secret used” no more.',
  ],
});

const failingRequests: Watched = {
  id: 'failing-requests',
  title: 'Failing requests',
  meaning:
    'Requests are answered 503 because of an error that nobody foresaw: a service is down, or there is a bug.',
  ...word('FailedRequests', 'request failed'),
  ...counted(3, 300),
  whatToDo: [
    'Find the lines “request failed” in the fence’s log; the error and its cause are in them.',
    'If an AWS service is at fault, wait: nothing is remembered of these requests, and the partner sends them again.',
    'Otherwise it is a bug: correct it and deploy within the time for which the partner retries.',
  ],
};

const fenceFunctionErrors: Watched = functionErrors(
  'The function died before it could answer: out of time, out of memory, or unable to start. The partner got 500 or 503.',
  [
    'Look at the end of the invocation in the fence’s log: a timeout, a memory limit, or an error while the module loaded.',
    'A single one needs nothing: the partner retries, and what was begun is taken up or begun anew under the same event ids.',
  ],
);

// Both lines of a request are written within moments, so that only few fall into two hours: a percentage, not a count.
const unbalancedBooks = (fence: WebhookFence): Watched => ({
  id: 'unbalanced-books',
  title: 'Unbalanced books',
  meaning:
    'Requests handed to the function, as API Gateway counts them, have no outcome in its log: requests ended in no counted way.',
  metric: {
    kind: 'missing',
    // Whatever the function answered: a request refused with 401 has a counted outcome as well.
    whole: accessLines(
      'Received',
      `{ ($.lambdaStatus = "2*") && ($.routeKey != "GET ${statusRoute(fence)}") }`,
    ),
    // What is drained later was counted as spilled.
    ended: functionLines(
      'Ended',
      '{ (($.message = "request settled") && ($.drained NOT EXISTS)) || ($.message = "request spilled") }',
    ),
  },
  statistic: 'Sum',
  threshold: 1,
  unit: 'percent',
  periodSeconds: 3_600,
  whatToDo: [
    'Compare `requestId` of the access log’s lines with a `lambdaStatus` of 200 with that of the lines “request settled” and “request spilled”: those without are the ones to look at.',
    'If the alarm for function errors rang as well, begin there: a function that dies writes no outcome.',
    'Read in the raw bucket whether the delivery was archived; the partner’s console shows what it was answered.',
    'Correct the bug, then have the partner deliver again: what was published already stays one event.',
  ],
});

const spillDepth: Watched = {
  id: 'spill-depth',
  title: 'Spill depth',
  meaning:
    'The bus does not take events: deliveries are archived, answered 202, and wait in the spill queue.',
  metric: { kind: 'queue', queue: 'spill', name: queueMetrics.depth },
  ...waiting(100),
  whatToDo: [
    'Find the lines “bus unavailable” or “bus denied” in the fence’s log.',
    'If EventBridge is down or throttles, wait: the queue is drained by itself, with the same event ids and in any order.',
    'See in the account’s quotas whether PutEvents is throttled, and ask for more if it is ordinary load.',
  ],
};

const oldestSpill = (fence: WebhookFence): Watched => ({
  id: 'oldest-spill',
  title: 'Oldest spill',
  meaning:
    'A delivery has waited longer in the spill queue than its events may take from arrival to the bus.',
  metric: { kind: 'queue', queue: 'spill', name: queueMetrics.age },
  ...waitingSince(promisedSeconds(eventsOf(fence))),
  whatToDo: [
    'See whether the bus is at fault: the alarms for spill depth and a denied bus, and the lines “bus unavailable”.',
    'If the bus is well, look at the drain’s errors in the fence’s log and whether its event source mapping is enabled.',
    `A message is tried ${limits.receivesMax} times before it goes to the dead letters: no event is lost meanwhile.`,
  ],
});

const deadLetters: Watched = {
  id: 'dead-letters',
  title: 'Dead letters',
  meaning: `A spilled delivery could not be published in ${limits.receivesMax} attempts: its events are missing until it is redriven.`,
  metric: { kind: 'queue', queue: 'dlq', name: queueMetrics.depth },
  ...waiting(1),
  whatToDo: [
    'Read a message of the dead-letter queue without deleting it: it names the archived delivery and its correlation id.',
    'Find the correlation id in the fence’s log: the last error says what stopped it.',
    'Remove the cause, then redrive the dead-letter queue to the spill queue. Repeating is safe: event ids stay the same.',
  ],
};

const busDenied: Watched = {
  id: 'bus-denied',
  title: 'Bus denied',
  meaning: 'The function may not put its events on the bus: deliveries go to the spill queue until it may.',
  ...word('BusDenied', 'bus denied'),
  ...counted(1, 60),
  whatToDo: [
    'Compare the function’s role, the bus policy and any service control policy with what this version deploys; deploy again if they drifted.',
    'Nothing else: the spill queue is drained by itself. Redrive the dead-letter queue if it rang as well.',
  ],
};

const rejectsNotKept: Watched = {
  id: 'rejects-not-kept',
  title: 'Rejects not kept',
  meaning: `Refused requests are no longer kept: more than ${limits.rejectsAnHourMax} came within an hour, or their bytes are used up. Genuine ones among them cannot be released.`,
  ...word('RejectsNotKept', 'reject not kept'),
  ...counted(1, 3_600),
  whatToDo: [
    'See the alarm for refused signatures: if the secret is wrong, mend it now; each hour keeps its own number of requests.',
    'Ask the partner to deliver again what it sent since, once its requests pass.',
    'If they are forgeries, nothing is lost: genuine requests are not refused.',
  ],
};
