import { limits } from '#shared/contract/limits.ts';
import { counted } from '#shared/derive/alarm.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { logLines } from '../../core/webhook/log-lines.ts';
import { accessLines, allRequests, messageLines, quoted } from './counted-lines.ts';
import type { FenceAlarm } from './fence-alarm.ts';

// Anyone can send requests to a public address: a few refusals mean nothing. A wrong secret, or a new address of the partner’s, refuses
// most requests. What the gateway answers 404 is not counted: scanners try paths all the time.
export const refusedSignatures = ({ id, allowFrom }: WebhookFence): FenceAlarm => ({
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
    `See how many were refused, since when, and why: \`npm run edge -- issues ${id} --stage <stage>\`. The code says whether it is a wrong secret (SIGNATURE_MISMATCH), a wrong clock or a missing header. The lines ${quoted('requestRefused')} in the fence’s log have more.`,
    'If all requests are refused since some moment, ask the partner whether it changed its secret. Write the new one to the fence’s secret, with the old one as `previous`.',
    'Then release what was refused meanwhile (`edge plan release`, see below). It is verified again as of the time it was received, so the partner does not have to send anything again.',
    ...(allowFrom
      ? [
          `If the lines ${quoted('requestSettled')} have the code ADDRESS_NOT_ALLOWED, compare their addresses in the access log with the partner’s list. Add new ones to \`allowFrom\`, deploy, and ask the partner to deliver again: nothing of these requests is kept.`,
        ]
      : []),
    'If genuine requests pass at the same time, the refused ones are forgeries. They cost little, and only a limited number is kept. Restrict `allowFrom` in the contract if you know the partner’s addresses.',
  ],
});

// A provider that changes its content type or drops its id header is refused for every delivery, and answers are rarely read.
export const refusedDeliveries: FenceAlarm = {
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
    'TIMESTAMP_TOO_OLD or TIMESTAMP_IN_FUTURE: the partner’s clock is wrong, it retries without signing again, or somebody sends a captured request again. If the partner sent it, release with `--stale yes`.',
    'NO_TIMESTAMP, MALFORMED_TIMESTAMP or MALFORMED_BODY: the scheme reads the time from the signed body and cannot. The body must be JSON in UTF-8 and not compressed. Correct the scheme, or have the partner send it so. NOT_FOR_US: add the topic or account to `expects` or `claims`, if it is yours.',
    'After the contract is deployed, release what was refused ([Releasing rejects](#releasing-rejects)). The partner does not have to send anything again.',
  ],
};

// Counted by API Gateway, which also refuses what never reaches the function.
export const refusedRequests: FenceAlarm = {
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

export const throttledRequests = ({ throttle, tenantQuota }: WebhookFence): FenceAlarm => ({
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

export const rejectsNotKept = ({ rejects }: WebhookFence): FenceAlarm => ({
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
