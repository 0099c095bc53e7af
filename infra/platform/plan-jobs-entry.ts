import { knownIntegration } from '#operate/core/known-integration.ts';
import type { PlatformEntry } from '../bundle-entry.ts';
import type { Contracts } from '../contracts.ts';

/** No integration can have this name: ids have no dots. */
export const planJobsBundle = 'platform.plan-jobs';

export const planJobsEntry = ({ integrations }: Pick<Contracts, 'integrations'>): PlatformEntry => ({
  name: planJobsBundle,
  handler: 'plan-jobs.ts',
  factory: 'planJobs',
  data: integrations.map(knownIntegration),
});
