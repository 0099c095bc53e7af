import { limits } from '#shared/contract/limits.ts';
import { withHour } from './hourly.ts';
import type { Issue, Sighting } from './issue.ts';

/** The issue with the sightings of one delivery of log lines. The same object when the delivery, or each of them, was counted before. */
export function addSightings(
  issue: Issue | undefined,
  delivery: string,
  [first, ...others]: readonly [Sighting, ...Sighting[]],
): Issue {
  if (issue?.sightings.includes(delivery)) return issue;
  const added = others.reduce<Issue>(addSighting, addSighting(issue, first));
  return added === issue ? issue : remembering(added, delivery);
}

/** A delivery may have more sightings than are remembered, so it is remembered itself. */
const remembering = (issue: Issue, key: string): Issue =>
  issue.sightings.includes(key)
    ? issue
    : { ...issue, sightings: [...issue.sightings, key].slice(-limits.issueSightingsKept) };

/** The issue with one more sighting. The same object when it was counted before. A fault after the resolution opens it again. */
export function addSighting(issue: Issue | undefined, sighting: Sighting): Issue {
  if (!issue) return opened(sighting);
  if (issue.sightings.includes(sighting.key)) return issue;
  const counted: Issue = {
    ...remembering(issue, sighting.key),
    count: issue.count + sighting.count,
    hourly: withHour(issue.hourly, sighting),
    ...(sighting.at < issue.firstSeen && { firstSeen: sighting.at }),
    ...(sighting.at >= issue.lastSeen && { lastSeen: sighting.at, example: sighting.example }),
  };
  return isAfterResolution(issue, sighting) ? reopened(counted, sighting) : counted;
}

const opened = ({ integration, code, at, count, example, key }: Sighting): Issue => ({
  ...{ integration, code, count, example },
  state: 'open',
  firstSeen: at,
  lastSeen: at,
  openedAt: at,
  reopened: 0,
  hourly: withHour({}, { at, count }),
  sightings: [key],
});

const isAfterResolution = ({ state, resolved }: Issue, { at }: Sighting): boolean =>
  state === 'resolved' && resolved !== undefined && at > resolved.at;

function reopened(issue: Issue, { at, count }: Sighting): Issue {
  const { acknowledged: _, resolved: __, ...kept } = issue;
  return { ...kept, state: 'open', openedAt: at, count, reopened: issue.reopened + 1 };
}
