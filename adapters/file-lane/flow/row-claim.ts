import type { HandoffFacts } from '../core/outcome/handoff.ts';
import type { Row } from '../core/row/make-row.ts';
import type { Work } from './work.ts';

/** The key under which a row is claimed: one for each key and version, whatever file it comes from. */
export const claimKey = ({ lane }: Pick<Work, 'lane'>, row: Row): string =>
  `${lane.id}#${row.events.kind === 'events' ? row.events.rowKey : ''}`;

/** Who claims it: the record of the hand-off, so that a retry finds its own claim. */
export const ownerOf = (handoff: HandoffFacts, row: Row): string => `${handoff.id}#${row.at.record}`;
