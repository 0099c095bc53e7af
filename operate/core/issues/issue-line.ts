import type { IssueLine } from '../shapes/issues.ts';
import { hoursOf } from './hourly.ts';
import type { Issue } from './issue.ts';
import { issueText } from './issue-text.ts';

/** An issue as operators see it. */
export const issueLine = ({ sightings: _, example, hourly, ...issue }: Issue): IssueLine => ({
  ...issue,
  ...issueText(issue.code),
  hourly: hoursOf(hourly),
  example: { unit: example.unit, place: example.place ?? null },
  acknowledged: issue.acknowledged ?? null,
  resolved: issue.resolved ?? null,
});
