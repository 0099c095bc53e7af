import type { PlatformEntry } from '../bundle-entry.ts';

/** No integration can have this name: ids have no dots. */
export const planJobsBundle = 'platform.plan-jobs';

export const planJobsEntry: PlatformEntry = {
  name: planJobsBundle,
  handler: 'plan-jobs.ts',
  factory: 'planJobs',
  isRegistered: true,
};
