import { limits } from '#shared/contract/limits.ts';
import { archiveInWords, type KindFields } from '#shared/derive/contract-field-names.ts';
import { code } from '#shared/derive/markdown.ts';
import { sentence, tenantInWords } from '#shared/derive/words.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { ackPrefix, inPrefix } from '../core/outcome/prefixes.ts';
import { laneAlarmsOf } from './alarms-lane.ts';
import {
  badRowsInWords,
  compressionInWords,
  dialectInWords,
  duplicatesInWords,
  scheduleInWords,
  startInWords,
} from './file-words.ts';
import { busWaitInWords, receivesInWords } from './retry-words.ts';

/** What a file lane agrees, beyond what every kind says alike. */
export const laneFields = (lane: FileLane): KindFields => ({
  Protocol: `Files by ${lane.delivery.via.map(way => way.toUpperCase()).join(' or ')} under ${code(inPrefix(lane))}`,
  Trigger: `Processing of a file begins ${startInWords(lane)}${lane.schedule ? `; ${scheduleInWords(lane.schedule)}` : ''}`,
  'Input schema': `Version ${lane.schemaVersion}: ${code(lane.delivery.name)}, ${compressionInWords(lane)}; ${dialectInWords(lane)}; columns ${Object.keys(lane.columns).map(code).join(', ')}`,
  'Idempotency key': `${idempotencyKey(lane)}; ${duplicatesInWords(lane)}`,
  'Correlation id':
    'The hand-off’s id: one for each file, on every event, log line and acknowledgement of it',
  'Tenant propagation': tenantInWords(lane.tenant, 'column'),
  Timeout: `${limits.functionSecondsMax} s an invocation; with less than ${limits.handOverMilliseconds / 1000} s left, another invocation does the rest. If an invocation dies, another goes on after ${limits.leaseMilliseconds / 1000} s. If a publish call gets no answer, its result is UNKNOWN. The events are sent again with the same ids`,
  'Retry policy': `${limits.publishAttemptsMax} attempts a call with exponential backoff and full jitter; then the queue delivers the message again, with growing delays. It goes to the DLQ after ${receivesInWords}; while the event bus is down, it waits for ${busWaitInWords} first. Work continues from its checkpoint`,
  'State impact': `Every row is published, duplicate, quarantined, rejected or skipped; the file is complete, partial, rejected, duplicate or unbalanced. ${sentence(badRowsInWords(lane))}`,
  'Audit evidence': `The file as dropped (each version), its hashes, the hand-off in the ledger, the acknowledgement and the quarantine report, for ${lane.delivery.retentionDays} days; each event names the bytes that it comes from`,
  'Replay behavior': `The same file again is a duplicate and publishes nothing; redriving the DLQ repeats work with the same event ids. ${archiveInWords(lane.events)}`,
  'Reconciliation path': `Books of each file (received = published + duplicate + quarantined + rejected + skipped)${totals(lane)}, stated to the partner in the acknowledgement. If the books do not balance, the state is unbalanced and an alarm rings. Every quarter of an hour the reconciler compares the ledger with objects, acknowledgements and messages`,
  'Security control': `The partner may write ${code(inPrefix(lane))} and read ${code(ackPrefix(lane))}, nothing else; TLS only, encrypted and versioned at rest; the function may use only this lane’s prefixes, queues and ledger entries, and publish only this lane’s events`,
  'Operational dashboard': `Alarms ${laneAlarmsOf(lane)
    .map(alarm => code(alarm.id))
    .join(', ')}; hand-offs in the ledger`,
});

const idempotencyKey = ({ key, version, writeOnce }: FileLane): string =>
  [`${key.join(' + ')}`, version ?? (writeOnce ? 'once' : 'content of the file and record number')].join(
    ' with ',
  );

const totals = ({ controlTotals }: FileLane): string =>
  controlTotals.length === 0 ? '' : ` and control totals of ${controlTotals.join(', ')}`;
