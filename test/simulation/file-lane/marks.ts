import type { RowClaim, RowHolder } from '#shared/ports.ts';
import type { Seen } from '../shared/process.ts';

type IsMet = (seen: Seen) => boolean;

const answered =
  (call: string, isRare: (answer: never, args: never) => boolean): IsMet =>
  seen =>
    seen.call === call && isRare(seen.answer as never, seen.args as never);

const sent = (kind: string): IsMet =>
  answered('laneQueue.send', (_, [bodies]: [readonly { kind?: string }[]]) =>
    bodies.some(body => body.kind === kind),
  );

/** What a world sees that no port does. */
export const worldMarks = [
  ...['took a plain file', 'took a gzip file', 'took a zip file', 'took a pgp file'],
  'deployed while a file was in work',
];

/** Rare branches of the lane, by what its ports are asked and what they answer. Every campaign has to reach all of them. */
export const laneMarks: Readonly<Record<string, IsMet>> = {
  'took over a hand-off': answered(
    'ledger.open',
    (answer: { kind: string; value: { attempts: number } }) =>
      answer.kind === 'leased' && answer.value.attempts > 1,
  ),
  'found a hand-off busy': answered('ledger.open', (answer: { kind: string }) => answer.kind === 'busy'),
  'found a chunk busy': answered('ledger.leaseChunk', (answer: { kind: string }) => answer.kind === 'busy'),
  'found a chunk done': answered('ledger.leaseChunk', (answer: { kind: string }) => answer.kind === 'done'),
  'sent a heartbeat': answered('ledger.extendChunk', () => true),
  'lost a chunk to another': answered('ledger.checkpoint', (answer: boolean) => !answer),
  'lost the lease while inspecting': answered('ledger.begin', (answer: boolean) => !answer),
  'found settling busy': answered(
    'ledger.beginSettling',
    (answer: { kind: string }) => answer.kind === 'busy',
  ),
  'found the file settled': answered(
    'ledger.beginSettling',
    (answer: { kind: string }) => answer.kind === 'settled',
  ),
  'lost the right to settle': answered('ledger.settle', (answer: boolean) => !answer),
  'found content of another': answered('ledger.claimFile', (answer: unknown) => answer !== 'mine'),
  'found a row of another': answered('rowClaims.claim', (answer: unknown) => answer !== 'mine'),
  'took a row from one that never publishes': answered(
    'rowClaims.claim',
    (answer: unknown, [claim]: [{ insteadOf?: string }]) =>
      answer === 'mine' && claim.insteadOf !== undefined,
  ),
  'found a row in conflict': answered(
    'rowClaims.claim',
    (held: RowHolder | 'mine', [{ payloadHash }]: [RowClaim]) =>
      held !== 'mine' && held.order === undefined && held.payloadHash !== payloadHash,
  ),
  'took a key over with corrected values': answered(
    'rowClaims.claim',
    (held: unknown, [{ order, insteadOf }]: [RowClaim]) =>
      held === 'mine' && order !== undefined && insteadOf === undefined,
  ),
  'found a later row of the key': answered(
    'rowClaims.claim',
    (held: RowHolder | 'mine', [{ order = '' }]: [RowClaim]) => held !== 'mine' && (held.order ?? '') > order,
  ),
  'an answer changed while it was written': answered(
    'files.replace',
    (answer: unknown) => answer === 'changed',
  ),
  'waited for the bus or for another': sent('edge.postponed'),
  'kept a dead letter': answered('deadLetters.keep', () => true),
  'settled in another invocation': sent('edge.settle'),
};
