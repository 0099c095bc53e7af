import { counted, functionErrors, functionThrottles } from '#shared/derive/alarm.ts';
import { statusRoute, type WebhookFence } from '../../contract/webhook-fence.ts';
import { logLines } from '../../core/webhook/log-lines.ts';
import { accessLines, functionLines, isMessage, quoted } from './counted-lines.ts';
import type { FenceAlarm } from './fence-alarm.ts';

// Each is retried by most partners; one alone may be two repeats at the same moment.
export const serverErrors: FenceAlarm = {
  id: 'server-errors',
  title: 'Server errors',
  meaning:
    'Requests are answered 5xx, by the function or by API Gateway: an AWS service is down, Lambda throttles the function, or there is a bug. Nothing of them is remembered. A partner that does not retry loses them.',
  metric: { kind: 'gateway', name: '5xx' },
  ...counted(3, 300),
  whatToDo: [
    'Look at the lines with status 5xx in the access log. If another alarm of this fence rings as well, begin there.',
    '`lambdaStatus` 429 or an `error` about throttling: too few executions are free. Raise `maxConcurrency` in the contract, or the account’s Lambda concurrency.',
    `A line ${quoted('requestSettled')} with the code STILL_WORKING needs nothing: it is a repeat that came while the first was at work.`,
    `Lines ${quoted('requestFailed')} in the fence’s log have an error and its cause: an AWS service is down, or there is a bug. If it is a bug, fix it and deploy while the partner still retries.`,
    'Ask the partner to deliver again what it does not retry by itself.',
  ],
};

export const fenceFunctionErrors: FenceAlarm = functionErrors(
  'A function died: it ran out of time or memory, or could not start. If it was the one that answers requests, the partner got 500 or 503. A drain tries its messages again; a release stopped.',
  [
    'Look at the end of the invocation in the fence’s log: a timeout, a memory limit, or an error while the module loaded.',
    'A single error needs nothing. The partner retries, and the delivery is processed again with the same event ids. Run a release that stopped again: what it released stays released.',
  ],
);

export const throttledFunction: FenceAlarm = functionThrottles(
  'A throttled request is answered 5xx, and the partner retries it. A throttled drain tries again by itself.',
  ['When it is over, do nothing. Ask the partner to deliver again what it does not retry by itself.'],
);

// Both lines of a request are written within moments, so a few requests fall into two hours. Up to a few thousand an hour, one counts.
export const unbalancedBooks = (fence: WebhookFence): FenceAlarm => ({
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
