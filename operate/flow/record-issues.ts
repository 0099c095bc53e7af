import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { addSightings } from '../core/issues/add-sighting.ts';
import type { Sighting } from '../core/issues/issue.ts';
import { type LogDelivery, sightingsIn } from '../core/issues/sightings-in.ts';
import type { RecordingPorts } from '../ports.ts';
import { changeIssue } from './change-issue.ts';

/**
 * Counts the faults of one log delivery: one write for each code, however many lines name it. A delivery that comes again is not
 * counted again.
 */
export async function recordIssues(ports: RecordingPorts, delivery: LogDelivery): Promise<void> {
  const { delivery: key, sightings, unread } = sightingsIn(delivery);
  if (unread > 0) ports.log.warn('lines unread', { logGroup: delivery.logGroup, lines: unread });
  await inParallel(groupedByIssue(sightings), limits.callsInFlightMax, seen =>
    changeIssue(ports, seen[0], issue => addSightings(issue, key, seen)),
  );
}

/** Sightings of one issue. */
type Seen = readonly [Sighting, ...Sighting[]];

function groupedByIssue(sightings: readonly Sighting[]): readonly Seen[] {
  const groups = new Map<string, Seen>();
  for (const sighting of sightings) {
    const issue = JSON.stringify([sighting.integration, sighting.code]);
    const group = groups.get(issue);
    groups.set(issue, group ? [...group, sighting] : [sighting]);
  }
  return [...groups.values()];
}
