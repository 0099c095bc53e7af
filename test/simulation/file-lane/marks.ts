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
  'an answer changed while it was written': answered(
    'files.replace',
    (answer: unknown) => answer === 'changed',
  ),
  'waited for the bus or for another': sent('edge.postponed'),
  'kept a dead letter': answered('deadLetters.keep', () => true),
  'settled in another invocation': sent('edge.settle'),
};
