import type { BookChange } from '#shared/aws/book-change.ts';
import type { Item } from '#shared/aws/dynamo-table.ts';
import type { AuditDetails, AuditFact, AuditStep } from '#shared/core/audit/audit-fact.ts';
import { type HandoffState, isSettled } from '../core/outcome/handoff.ts';
import { chunkOf } from './chunk-item.ts';
import { handoffOf } from './handoff-item.ts';
import { chunkPrefix, handoffOfPartition } from './ledger-keys.ts';

/** What a change of the ledger says of a file's way. Nothing for leases and checkpoints on the way. */
export function handoffFacts(change: BookChange): readonly AuditFact[] {
  const isHandoff = change.sk === 'HANDOFF';
  if (!isHandoff && !change.sk.startsWith(chunkPrefix('publish'))) return [];
  if (!change.after) return change.isExpired ? [] : [factOf(change, 'operated', { removed: change.sk })];
  const steps = isHandoff
    ? handoffSteps(change.before, change.after)
    : chunkSteps(change.before, change.after);
  return steps.map(([step, details]) => factOf(change, step, details));
}

type Step = readonly [AuditStep, AuditDetails];

function handoffSteps(before: Item | undefined, after: Item): Step[] {
  const { object, inspection, state } = handoffOf(after);
  const steps: Step[] = [];
  if (!before) steps.push(['received', { version: object.versionId ?? '', etag: object.etag ?? '' }]);
  if (inspection && !before?.inspection) {
    const { bytes, sha256, recordsSha256, records } = inspection;
    steps.push(['transformed', { bytes, sha256, recordsSha256, records }]);
  }
  if (isSettled(state)) {
    const wasSettled = before !== undefined && isSettled(before.state as HandoffState);
    if (!wasSettled) steps.push(['acknowledged', endOf(after)]);
    // Nothing of the suite writes to a settled hand-off.
    else if (JSON.stringify(endOf(before)) !== JSON.stringify(endOf(after)))
      steps.push(['operated', { changed: 'settled hand-off', ...endOf(after) }]);
  }
  return steps;
}

function chunkSteps(before: Item | undefined, after: Item): Step[] {
  const { n, records, progress } = chunkOf(after);
  if (!progress.done || (before && chunkOf(before).progress.done)) return [];
  return [['published', { chunk: n, records, ...progress.tally }]];
}

function endOf(item: Item): AuditDetails {
  const { state, received, tally, fault, duplicateOf } = item as {
    readonly state: string;
    readonly received?: number;
    readonly tally?: Readonly<Record<string, number>>;
    readonly fault?: { readonly code: string };
    readonly duplicateOf?: string;
  };
  return {
    ...{ state, received: received ?? 0, ...tally },
    ...(fault && { fault: fault.code }),
    ...(duplicateOf !== undefined && { duplicateOf }),
  };
}

function factOf({ pk, at, id }: BookChange, step: AuditStep, details: AuditDetails): AuditFact {
  const subject = handoffOfPartition(pk);
  return { step, integration: subject.slice(0, subject.indexOf('.')), subject, at, change: id, details };
}
