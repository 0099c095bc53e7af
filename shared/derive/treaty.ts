import type { FileLane } from '../contract/define-file-lane.ts';
import { limits } from '../contract/limits.ts';
import { alarmsOf } from './alarms.ts';
import {
  ackPrefix,
  badRowsInWords,
  compressionInWords,
  dialectInWords,
  duplicatesInWords,
  inPrefix,
  startInWords,
} from './file-words.ts';
import { code } from './markdown.ts';

export interface TreatyField {
  readonly field: string;
  readonly value: string;
}

/** The contract shape of an integration: what the author declared, and what follows from the kind and so cannot contradict it. */
export const treatyOf = (lane: FileLane): readonly TreatyField[] =>
  [...declared(lane), ...exchanged(lane), ...carried(lane), ...onFailure(lane), ...kept(lane)].map(
    ([field, value]) => ({ field, value }),
  );

type Line = readonly [field: string, value: string];

const declared = (lane: FileLane): Line[] => [
  ['Name', lane.id],
  ['Purpose', lane.purpose],
  [
    'Owner',
    `${lane.owner.team} (${lane.owner.contact}); ${lane.partner.name} (${lane.partner.contact}) sends`,
  ],
  ['Authority', `${lane.authority} Trust: ${lane.trust}.`],
  ['Consistency expectation', lane.consistency],
];

const exchanged = (lane: FileLane): Line[] => [
  ['Direction', `${lane.partner.name} -> us`],
  [
    'Protocol',
    `Files by ${lane.delivery.via.map(way => way.toUpperCase()).join(' or ')} under ${code(inPrefix(lane))}`,
  ],
  ['Trigger', `A file is worked on ${startInWords(lane)}`],
  [
    'Input schema',
    `Version ${lane.schemaVersion}: ${code(lane.delivery.name)}, ${compressionInWords(lane)}; ${dialectInWords(lane)}; columns ${Object.keys(lane.columns).map(code).join(', ')}`,
  ],
  ['Output schema', lane.events.map(event => code(event.type)).join(', ')],
];

const carried = (lane: FileLane): Line[] => [
  ['Idempotency key', `${idempotencyKey(lane)}; ${duplicatesInWords(lane)}`],
  [
    'Correlation id',
    'The hand-off’s id: one for each file, on every event, log line and acknowledgement of it',
  ],
  ['Tenant propagation', tenant(lane)],
];

const idempotencyKey = ({ key, version, writeOnce }: FileLane): string =>
  [`${key.join(' + ')}`, version ?? (writeOnce ? 'once' : 'content of the file and record number')].join(
    ' with ',
  );

const tenant = ({ tenant }: FileLane): string =>
  'constant' in tenant
    ? `Always ${code(tenant.constant)}; on every event as ${code('tenantid')}`
    : `From column ${code(tenant.from)}, one of ${tenant.allowed.map(code).join(', ')}; any other is quarantined as TENANT_MISMATCH`;

const onFailure = (lane: FileLane): Line[] => [
  [
    'Timeout',
    `${limits.functionSecondsMax} s an invocation; with less than ${limits.handOverMilliseconds / 1000} s left the rest is handed on. A publish call without an answer is UNKNOWN, and the same ids are sent again`,
  ],
  [
    'Retry policy',
    `${limits.publishAttemptsMax} attempts a call with exponential backoff and full jitter; then the queue brings the work back, ${limits.receivesMax} times in all, before it goes to the DLQ. Work goes on from its checkpoint`,
  ],
  [
    'Error mapping',
    'Every fault has a code, a class, a place and a remedy; see the fault codes of the runbook',
  ],
  [
    'State impact',
    `Every row is published, duplicate, quarantined, rejected or skipped; the file is complete, partial, rejected, duplicate or unbalanced. ${sentence(badRowsInWords(lane))}`,
  ],
];

const kept = (lane: FileLane): Line[] => [
  [
    'Audit evidence',
    `The file as dropped (each version), its hashes, the hand-off in the ledger, the acknowledgement and the quarantine report, for ${lane.delivery.retentionDays} days; each event names the bytes it was made of`,
  ],
  [
    'Replay behavior',
    `The same file again is a duplicate and publishes nothing; redriving the DLQ repeats work with the same event ids. The bus archive replays ${lane.events.map(event => `${event.type} for ${event.retention.archiveDays} days`).join(', ')}`,
  ],
  [
    'Reconciliation path',
    `Books of each file (received = published + duplicate + quarantined + rejected + skipped)${totals(lane)}, stated to the partner in the acknowledgement; an imbalance is a state of its own and rings an alarm`,
  ],
  [
    'Security control',
    `The partner may write ${code(inPrefix(lane))} and read ${code(ackPrefix(lane))}, nothing else; TLS only, encrypted and versioned at rest; the function may touch this lane’s prefixes, queues and ledger entries and publish this lane’s events alone`,
  ],
  [
    'Operational dashboard',
    `Alarms ${alarmsOf(lane)
      .map(alarm => code(alarm.id))
      .join(', ')}; hand-offs in the ledger`,
  ],
];

const totals = ({ controlTotals }: FileLane): string =>
  controlTotals.length === 0 ? '' : ` and control totals of ${controlTotals.join(', ')}`;

const sentence = (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}.`;
