import { limits } from '#shared/contract/limits.ts';
import {
  type AlarmSpec,
  counted,
  functionErrors,
  messageIs,
  queueMetrics,
  quiet,
  waiting,
  waitingSince,
  withRunbook,
} from '#shared/derive/alarm.ts';
import { promisedSeconds } from '#shared/derive/promised-seconds.ts';
import { readDeadLetters } from '#shared/derive/read-dead-letters.ts';
import { eventsOf, statusRoute, type WebhookFence } from '../contract/webhook-fence.ts';
import { logLines, noKeysCode } from '../core/webhook/log-lines.ts';

export type FenceAlarmId =
  | 'refused-signatures'
  | 'refused-deliveries'
  | 'refused-requests'
  | 'quarantined-deliveries'
  | 'throttled-requests'
  | 'no-usable-secret'
  | 'secret-overdue'
  | 'server-errors'
  | 'failing-requests'
  | 'function-errors'
  | 'unbalanced-books'
  | 'spill-depth'
  | 'oldest-spill'
  | 'dead-letters'
  | 'drain-conflict'
  | 'bus-denied'
  | 'rejects-not-kept'
  | 'quiet';

/** Lines in one of the fence's two logs that a CloudWatch filter pattern matches. */
export interface CountedLines {
  readonly name: string;
  /** `access`: one line for each request, written by API Gateway, including requests that never reach the function. */
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
  /** 1 in each period in which no such line was written. */
  | { readonly kind: 'quiet'; readonly lines: CountedLines }
  /**
   * How many of `whole` have no counterpart in `ended`; 0 while they are no more than arrive in `borderSeconds` on average: one line of
   * these can fall into this period and the other into the next.
   */
  | {
      readonly kind: 'missing';
      readonly whole: CountedLines;
      readonly ended: CountedLines;
      readonly borderSeconds: number;
    };

export type FenceAlarmSpec = AlarmSpec<FenceAlarmId, FenceAlarmMetric>;

type AlarmWithoutRunbook = Omit<FenceAlarmSpec, 'runbook'>;

/** The alarms of a fence; the same data makes the CloudWatch alarms and their runbook. */
export const fenceAlarmsOf = (fence: WebhookFence): readonly FenceAlarmSpec[] =>
  withRunbook<AlarmWithoutRunbook>(fence, [
    refusedSignatures(fence),
    refusedDeliveries,
    refusedRequests,
    quarantinedDeliveries,
    throttledRequests(fence),
    noUsableSecret,
    ...(fence.secrets.rotationDays === undefined ? [] : [secretOverdue(fence.secrets.rotationDays)]),
    serverErrors,
    failingRequests,
    fenceFunctionErrors,
    unbalancedBooks(fence),
    spillDepth,
    oldestSpill(fence),
    deadLetters,
    drainConflict,
    busDenied,
    rejectsNotKept(fence),
    ...quiet(fence, {
      meaning: `${fence.partner.name} has delivered nothing genuine`,
      whatToDo: [
        `Look at the lines ${quoted('requestRefused')} of these hours in the fence’s log. If requests come and are refused, begin with the alarm Refused signatures.`,
        `If no requests come, look at the list of deliveries in the partner’s console, or ask ${fence.partner.contact}: providers disable an address that failed too often.`,
        'If the silence is right, raise `quietForHours` in the contract. After a first deployment the alarm rings until the first delivery has come.',
      ],
    }).map(alarm => ({ ...alarm, metric: { ...alarm.metric, lines: genuineRequests } })),
  ]);

const functionLines = (name: string, pattern: string): CountedLines => ({ name, log: 'functions', pattern });
const accessLines = (name: string, pattern: string): CountedLines => ({ name, log: 'access', pattern });

const allRequests = accessLines('Requests', '{ $.status = "*" }');

const isMessage = (message: string): string => `(${messageIs(message)})`;

/** Counts lines with one message in the functions' log. */
const messageLines = (name: string, message: string): Pick<AlarmWithoutRunbook, 'metric'> => ({
  metric: { kind: 'log', lines: functionLines(name, `{ ${isMessage(message)} }`) },
});

const genuineRequests = functionLines(
  'Genuine',
  `{ (${isMessage(logLines.requestSettled)} && ($.status < 300)) || ${isMessage(logLines.requestSpilled)} }`,
);

/** A message as the texts for people quote it. */
const quoted = (line: keyof typeof logLines): string => `“${logLines[line]}”`;

// Anyone can send requests to a public address: a few refusals mean nothing. A wrong secret, or a new address of the partner’s, refuses
// most requests. What the gateway answers 404 is not counted: scanners try paths all the time.
const refusedSignatures = ({ allowFrom }: WebhookFence): AlarmWithoutRunbook => ({
  id: 'refused-signatures',
  title: 'Refused signatures',
  meaning: `Many requests are answered 401${allowFrom ? ' or 403' : ''}. Either the secret here is not the partner’s secret, ${allowFrom ? 'or the partner sends from new addresses, ' : ''}or somebody forges requests.`,
  metric: {
    kind: 'share',
    part: accessLines('Refused', '{ ($.status = "401") || ($.status = "403") }'),
    whole: allRequests,
    countMin: 3,
  },
  statistic: 'Sum',
  threshold: 10,
  unit: 'percent',
  periodSeconds: 900,
  whatToDo: [
    `Find the lines ${quoted('requestRefused')} in the fence’s log. The reason tells a wrong secret (SIGNATURE_MISMATCH) from a wrong clock or a missing header.`,
    'If all requests are refused since some moment, ask the partner whether it changed its secret. Write the new one to the fence’s secret, with the old one as `previous`.',
    'Then release what was refused meanwhile (`npm run release`). It is verified again as of the time it was received, so the partner does not have to send anything again.',
    ...(allowFrom
      ? [
          `If the lines ${quoted('requestSettled')} have the code ADDRESS_NOT_ALLOWED, compare their addresses in the access log with the partner’s list. Add new ones to \`allowFrom\`, deploy, and ask the partner to deliver again: nothing of these requests is kept.`,
        ]
      : []),
    'If genuine requests pass at the same time, the refused ones are forgeries. They cost little, and only a limited number is kept. Restrict `allowFrom` in the contract if you know the partner’s addresses.',
  ],
});

// A provider that changes its content type or drops its id header is refused for every delivery, and answers are rarely read.
const refusedDeliveries: AlarmWithoutRunbook = {
  id: 'refused-deliveries',
  title: 'Refused deliveries',
  meaning:
    'Genuine deliveries were refused: their signature or token is right, but the contract does not accept their content type, encoding or size, they have no delivery id, they were signed too long before they arrived, or their signed body is not as the scheme says. They are kept for release.',
  ...messageLines('RefusedDeliveries', logLines.deliveryRefused),
  ...counted(1, 300),
  whatToDo: [
    `Find the lines ${quoted('deliveryRefused')} in the fence’s log. Their \`reason\` says why, and \`key\` is the kept request in the raw bucket.`,
    'CONTENT_TYPE: read the header in the kept request. Add the type to `contentTypes` in the contract, or have the partner send the agreed one.',
    'BODY_TOO_LARGE: raise `bodyBytesMax`. NO_DELIVERY_ID: have the partner send the header, or let the contract name deliveries without it. CONTENT_ENCODING: have the partner send the body uncompressed or as gzip.',
    'TIMESTAMP_TOO_OLD or TIMESTAMP_IN_FUTURE: the partner’s clock is wrong, it retries without signing again, or somebody sends a captured request again. If the partner sent it, release with `--stale`.',
    'NO_TIMESTAMP, MALFORMED_TIMESTAMP or MALFORMED_BODY: the scheme reads the time from the signed body and cannot. The body must be JSON in UTF-8 and not compressed. Correct the scheme, or have the partner send it so. NOT_FOR_US: add the topic or account to `expects` or `claims`, if it is yours.',
    'After the contract is deployed, release what was refused ([Releasing rejects](#releasing-rejects)). The partner does not have to send anything again.',
  ],
};

// Counted by API Gateway, which also refuses what never reaches the function.
const refusedRequests: AlarmWithoutRunbook = {
  id: 'refused-requests',
  title: 'Refused requests',
  meaning:
    'Requests are answered 400, 413 or 415. If Refused deliveries rings as well, they are genuine and kept. Otherwise they are malformed handshakes, or larger than can be verified; nothing of the latter is kept.',
  metric: {
    kind: 'log',
    lines: accessLines(
      'RefusedRequests',
      '{ ($.status = "400") || ($.status = "413") || ($.status = "415") }',
    ),
  },
  ...counted(1, 900),
  whatToDo: [
    'If [Refused deliveries](#refused-deliveries) rings as well, begin there.',
    `Otherwise take the \`requestId\` of the access log’s lines with these statuses, and find it in the fence’s log. The \`code\` of the line ${quoted('requestSettled')} says why. A request without such a line was refused by API Gateway: it is too large for the function.`,
    `If the partner sent it, agree on requests of at most ${limits.webhookBodyBytesMax} bytes, and ask it to deliver again.`,
    'If not, somebody probes the address. Restrict `allowFrom` in the contract if you know the partner’s addresses.',
  ],
};

const quarantinedDeliveries: AlarmWithoutRunbook = {
  id: 'quarantined-deliveries',
  title: 'Quarantined deliveries',
  meaning:
    'Genuine deliveries were quarantined: they do not fit the contract, contradict an earlier delivery, or the bus refused their events. Their events are missing.',
  ...messageLines('QuarantinedDeliveries', logLines.deliveryQuarantined),
  ...counted(1, 300),
  whatToDo: [
    `Find the lines ${quoted('deliveryQuarantined')} in the fence’s log. They have the code, and the key of the object in the quarantine bucket. The object has place, detail, remedy and the body.`,
    'Look up the code under [Common incidents](#common-incidents). It says whose fault it is to fix.',
    'If the contract is wrong, correct and deploy it. Then send the delivery to the spill queue, or ask the partner to deliver it again: it is processed again.',
    'If the partner is wrong, tell it the code and the correlation id. A corrected delivery may come under the same id, except after DUPLICATE_CONFLICT.',
  ],
};

const throttledRequests = ({ throttle, tenantQuota }: WebhookFence): AlarmWithoutRunbook => ({
  id: 'throttled-requests',
  title: 'Throttled requests',
  meaning: `Requests are answered 429: more than ${throttle.ratePerSecond} a second arrive, or a tenant is over its quota. The partner has to send them again.`,
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
    'Look at the lines with status 429 in the access log. A line with an `error` was answered by API Gateway’s throttle, a line without by the tenant’s quota.',
    'If the partner catches up after an outage, wait: it retries.',
    'If this is its normal load, raise `throttle` in the contract. Check that the account’s Lambda concurrency is high enough.',
    tenantQuota
      ? 'If one tenant is over its quota, tell the partner, or raise `tenantQuota`.'
      : 'If it is a flood of forgeries, the partner’s requests are throttled too, because the throttle comes before the check of addresses. AWS WAF cannot be attached to an HTTP API. It needs a domain of your own behind CloudFront: see “A domain of your own” in docs/deploy.md.',
  ],
});

const noUsableSecret: AlarmWithoutRunbook = {
  id: 'no-usable-secret',
  title: 'No usable secret',
  meaning:
    'The fence’s secret was not written since the stack was created, cannot be read, or holds no key of the kind that the partner’s scheme needs; or the keys that the partner publishes cannot be read. Requests are answered 503 and kept for release.',
  metric: {
    kind: 'log',
    lines: functionLines(
      'NoUsableSecret',
      `{ ($.code = "${noKeysCode}") || ${isMessage(logLines.secretUnreadable)} || ${isMessage(logLines.keysUnreadable)} }`,
    ),
  },
  ...counted(1, 300),
  whatToDo: [
    'On a new fence: write the secret that the partner gave you. The secret’s description says how.',
    `Otherwise find the lines ${quoted('secretUnreadable')}, ${quoted('requestFailed')} and ${quoted('requestRefused')} in the fence’s log. They say whether the secret could not be read, what is wrong with its document, or that it holds no usable key.`,
    `Lines ${quoted('keysUnreadable')} say that the partner’s published keys or certificate could not be read: ask the partner, or wait until its service works again.`,
    'The partner was answered 503 and retries. If it does not retry by itself, release what was kept with the rejects (`npm run release`) after you wrote the secret.',
  ],
};

const secretOverdue = (rotationDays: number): AlarmWithoutRunbook => ({
  id: 'secret-overdue',
  title: 'Secret overdue',
  meaning: `The secret is older than the ${rotationDays} days that the contract allows.`,
  ...messageLines('SecretOverdue', logLines.secretOverdue),
  ...counted(1, 3_600),
  whatToDo: [
    'Agree a new secret with the partner, or create one in the partner’s console.',
    'Write it as `current` and the old one as `previous`. Both are valid until you remove `previous`.',
    `Remove \`previous\` when the log no longer has lines ${quoted('previousSecretUsed')}.`,
  ],
});

// Each is retried by most partners; one alone may be two repeats at the same moment.
const serverErrors: AlarmWithoutRunbook = {
  id: 'server-errors',
  title: 'Server errors',
  meaning:
    'Requests are answered 5xx, by the function or by API Gateway, for example because Lambda throttles the function. Nothing of them is remembered. A partner that does not retry loses them.',
  metric: { kind: 'log', lines: accessLines('ServerErrors', '{ $.status = "5*" }') },
  ...counted(3, 300),
  whatToDo: [
    'Look at the lines with status 5xx in the access log. If another alarm of this fence rings as well, begin there.',
    '`lambdaStatus` 429 or an `error` about throttling: too few executions are free. Raise `maxConcurrency` in the contract, or the account’s Lambda concurrency.',
    `A line ${quoted('requestSettled')} with the code STILL_WORKING needs nothing: it is a repeat that came while the first was at work.`,
    'Ask the partner to deliver again what it does not retry by itself.',
  ],
};

const failingRequests: AlarmWithoutRunbook = {
  id: 'failing-requests',
  title: 'Failing requests',
  meaning:
    'Requests are answered 503 because of an unexpected error: an AWS service is down, or there is a bug.',
  ...messageLines('FailedRequests', logLines.requestFailed),
  ...counted(3, 300),
  whatToDo: [
    `Find the lines ${quoted('requestFailed')} in the fence’s log. They have the error and its cause.`,
    'If an AWS service is at fault, wait. Nothing of these requests is remembered, and the partner sends them again.',
    'Otherwise it is a bug: fix it and deploy while the partner still retries.',
  ],
};

const fenceFunctionErrors: AlarmWithoutRunbook = functionErrors(
  'The function died before it could answer: it ran out of time or memory, or could not start. The partner got 500 or 503.',
  [
    'Look at the end of the invocation in the fence’s log: a timeout, a memory limit, or an error while the module loaded.',
    'A single error needs nothing. The partner retries, and the delivery is processed again with the same event ids.',
  ],
);

// Both lines of a request are written within moments, so a few requests fall into two hours. Up to a few thousand an hour, one counts.
const unbalancedBooks = (fence: WebhookFence): AlarmWithoutRunbook => ({
  id: 'unbalanced-books',
  title: 'Unbalanced books',
  meaning:
    'API Gateway counted requests to the function that have no outcome in the function’s log: they did not end in any counted way.',
  metric: {
    kind: 'missing',
    // Whatever the function answered: a request refused with 401 has a counted outcome as well.
    whole: accessLines(
      'Received',
      `{ ($.lambdaStatus = "2*") && ($.routeKey != "GET ${statusRoute(fence)}") }`,
    ),
    // A delivery that is drained later was counted as spilled.
    ended: functionLines(
      'Ended',
      `{ (${isMessage(logLines.requestSettled)} && ($.drained NOT EXISTS)) || ${isMessage(logLines.requestSpilled)} }`,
    ),
    borderSeconds: 2,
  },
  ...counted(1, 3_600),
  whatToDo: [
    `Take the \`requestId\` of the access log’s lines with a \`lambdaStatus\` of 200. Compare them with those of the lines ${quoted('requestSettled')} and ${quoted('requestSpilled')} in the fence’s log. Look at the requests without such a line.`,
    'If the alarm for function errors rings as well, begin there: a function that dies writes no outcome.',
    'Check in the raw bucket whether the delivery was archived. The partner’s console shows the answer that it got.',
    'Fix the bug, then ask the partner to deliver again. What was published already stays one event.',
  ],
});

const spillDepth: AlarmWithoutRunbook = {
  id: 'spill-depth',
  title: 'Spill depth',
  meaning:
    'The bus does not accept events. Deliveries are archived, answered as accepted, and wait in the spill queue.',
  metric: { kind: 'queue', queue: 'spill', name: queueMetrics.depth },
  ...waiting(100),
  whatToDo: [
    `Find the lines ${quoted('busUnavailable')} or ${quoted('busDenied')} in the fence’s log.`,
    'If EventBridge is down or throttles, wait. The queue is drained automatically, in any order, with the same event ids.',
    'Check in the account’s quotas whether PutEvents is throttled. If this is normal load, ask for a higher quota.',
  ],
};

const oldestSpill = (fence: WebhookFence): AlarmWithoutRunbook => ({
  id: 'oldest-spill',
  title: 'Oldest spill',
  meaning:
    'A delivery has waited in the spill queue longer than its events may take from arrival to the bus.',
  metric: { kind: 'queue', queue: 'spill', name: queueMetrics.age },
  ...waitingSince(promisedSeconds(eventsOf(fence))),
  whatToDo: [
    `Check whether the bus is at fault: look at the alarms for spill depth and a denied bus, and at the lines ${quoted('busUnavailable')}.`,
    `If the bus works, look at the lines ${quoted('drainFailed')} in the fence’s log, and check that the drain’s event source mapping is enabled.`,
    `A message is tried ${limits.receivesMax} times before it goes to the dead letters. No event is lost meanwhile.`,
  ],
});

const deadLetters: AlarmWithoutRunbook = {
  id: 'dead-letters',
  title: 'Dead letters',
  meaning: `A spilled delivery could not be published in ${limits.receivesMax} attempts. Its events are missing until it is redriven.`,
  metric: { kind: 'queue', queue: 'dlq', name: queueMetrics.depth },
  ...waiting(1),
  whatToDo: [
    `Read a message of the dead-letter queue without deleting it, with its attributes: ${readDeadLetters}. The attribute \`reason\` is the code of what stopped it last: see [Common incidents](#common-incidents). Its body names the archived delivery and its correlation id. A message without \`reason\` was moved by the queue itself, for the drain died.`,
    'Find the correlation id in the fence’s log. The last error says what stopped the delivery.',
    'Fix the cause, then redrive the dead-letter queue to the spill queue. Repeating is safe: event ids stay the same.',
  ],
};

const drainConflict: AlarmWithoutRunbook = {
  id: 'drain-conflict',
  title: 'Drain conflict',
  meaning:
    'The drain did not publish a delivery and deleted its message, because a delivery with the same name or id and another payload was accepted before.',
  ...messageLines('DrainConflicts', logLines.drainConflict),
  ...counted(1, 60),
  whatToDo: [
    `Find the lines ${quoted('drainConflict')} in the fence’s log, and all lines with their correlation id.`,
    'If an operator sent a quarantined delivery to the spill queue, nothing is lost: its correction was published meanwhile. Nothing needs to be done.',
    'Otherwise compare both payloads. They are in the raw bucket, in objects whose names begin with the correlation id.',
    'If both are facts, ask the partner to send the unpublished one again under a new id. If the partner was told that it was accepted, also report a bug: that must not happen.',
  ],
};

const busDenied: AlarmWithoutRunbook = {
  id: 'bus-denied',
  title: 'Bus denied',
  meaning:
    'The function is not allowed to put events on the bus. Deliveries go to the spill queue until it is.',
  ...messageLines('BusDenied', logLines.busDenied),
  ...counted(1, 60),
  whatToDo: [
    'Compare the function’s role, the bus policy and any service control policy with what this version deploys. Deploy again if they differ.',
    'Nothing else: the spill queue is drained automatically. Redrive the dead-letter queue if its alarm rings as well.',
  ],
};

const rejectsNotKept = ({ rejects }: WebhookFence): AlarmWithoutRunbook => ({
  id: 'rejects-not-kept',
  title: 'Rejects not kept',
  meaning: `Some refused requests are not kept: more than ${rejects.anHour} of one cause arrived within an hour, their bytes reached the limit, or they could not be stored. Genuine ones among them cannot be released.`,
  ...messageLines('RejectsNotKept', logLines.rejectNotKept),
  ...counted(1, 3_600),
  whatToDo: [
    `Find the lines ${quoted('rejectNotKept')} in the fence’s log. \`cause\` says which requests: \`genuine\`, \`mismatch\` (the signature does not match) or \`malformed\`. An \`error\` says why one could not be stored.`,
    'Look at the alarms for refused signatures and refused deliveries. If the secret or the contract is wrong, fix it now: each hour has a limit of its own. Raise `rejects.anHour` in the contract if the partner sends more.',
    'Ask the partner to deliver again what it sent since, once its requests pass.',
    'If they are forgeries, nothing is lost: genuine requests are not refused.',
  ],
});
