import { type Awaited, type Handoff, isUnsettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import { limits } from '#shared/contract/limits.ts';

/** What an operator does about a hand-off, in a sentence or two. */
export function adviceOn(handoff: Handoff): string {
  const { fault } = handoff;
  if (handoff.state === 'awaiting') return awaitingAdvice[handoff.awaiting];
  if (!isUnsettled(handoff)) return settledAdvice[handoff.state];
  if (!fault) return 'Wait: it is in work. If it stays in this state, look at the dead letters of the lane.';
  if (waits.includes(fault.code)) return 'Wait: the work is tried again by itself for 24 hours.';
  return `${fault.remedy} Then redrive the dead letters of the lane.`;
}

const waits: readonly string[] = ['BUS_UNAVAILABLE', 'PUBLISH_UNKNOWN', 'CONTENT_IN_WORK'];

const waitMinutes = limits.dataWaitSeconds / 60;

const comesWithin = (what: string): string =>
  `Wait: ${what} is still to come. If it is not there ${waitMinutes} minutes after the file, the file is rejected and the partner is told.`;

const awaitingAdvice: Readonly<Record<Awaited, string>> = {
  data: comesWithin('the data file'),
  sidecar: comesWithin('its sidecar'),
  manifest: comesWithin('its manifest'),
  signature: comesWithin('its signature'),
};

const settledAdvice = {
  complete: 'Nothing. Every row has an outcome, and no row was bad.',
  partial: 'See its quarantined rows. The partner has the same rows in its answer and can send them again.',
  rejected: 'See the fault. The partner has it in its answer and can send the file again.',
  duplicate: 'Nothing. The content was processed before.',
  unbalanced: 'Call the owner: received rows and outcomes differ. Nothing was acknowledged as complete.',
} as const;
