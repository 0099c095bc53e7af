import { hash } from 'node:crypto';
import type { HandoffFacts } from '../outcome/handoff.ts';
import { compareSequencers } from '../outcome/sequencer.ts';

/**
 * Whose answer an object under `ack/` is. Acknowledgement and rejected rows both say it in their metadata, so that who settles
 * another version of the same name sees whether it is older or newer.
 */
export interface Answer {
  readonly handoffId: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly sequencer?: { readonly hex: string; readonly keyHash: string } | undefined;
  /** Whether a file of rejected rows belongs to it. */
  readonly hasRejectedRows: boolean;
}

const names = {
  handoffId: 'handoff-id',
  receivedAt: 'received-at',
  sequencer: 'sequencer',
  sequencerKey: 'sequencer-key',
  hasRejectedRows: 'rejected-rows',
} as const;

export const answerOf = (
  { id, receivedAt, sequencer }: Pick<HandoffFacts, 'id' | 'receivedAt' | 'sequencer'>,
  hasRejectedRows: boolean,
): Answer => ({
  handoffId: id,
  receivedAt,
  // A key can be longer than the 2 KB that metadata may have.
  sequencer: sequencer && {
    hex: sequencer.hex.toUpperCase(),
    keyHash: hash('sha256', sequencer.key, 'hex').slice(0, 16),
  },
  hasRejectedRows,
});

export const metadataOf = (answer: Answer): Record<string, string> => ({
  [names.handoffId]: answer.handoffId,
  [names.receivedAt]: answer.receivedAt,
  ...(answer.sequencer && {
    [names.sequencer]: answer.sequencer.hex,
    [names.sequencerKey]: answer.sequencer.keyHash,
  }),
  [names.hasRejectedRows]: String(answer.hasRejectedRows),
});

/** Undefined for what an older release wrote. */
export function answerIn(metadata: Readonly<Record<string, string>>): Answer | undefined {
  const handoffId = metadata[names.handoffId];
  const receivedAt = metadata[names.receivedAt];
  if (handoffId === undefined || receivedAt === undefined) return undefined;
  const hex = metadata[names.sequencer];
  const keyHash = metadata[names.sequencerKey];
  return {
    handoffId,
    receivedAt,
    sequencer: hex === undefined || keyHash === undefined ? undefined : { hex, keyHash },
    hasRejectedRows: metadata[names.hasRejectedRows] === 'true',
  };
}

/**
 * Whether `one` answers a newer version than `other`. Sequencers of one key decide. Those of different keys (a data file and its
 * signature) may not be compared: the second of arrival decides, and the sequencer only within it. An answer of an older release
 * is the oldest.
 */
export function isNewer(one: Answer | undefined, other: Answer | undefined): boolean {
  if (!one || !other) return one !== undefined;
  const byTime = compare(one.receivedAt, other.receivedAt);
  const bySequencer = compareSequencers(one.sequencer?.hex ?? '', other.sequencer?.hex ?? '');
  const isOfOneKey = one.sequencer !== undefined && one.sequencer.keyHash === other.sequencer?.keyHash;
  const order = isOfOneKey ? bySequencer || byTime : byTime || bySequencer;
  return (order || compare(one.handoffId, other.handoffId)) > 0;
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
