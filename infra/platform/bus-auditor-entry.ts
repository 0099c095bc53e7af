import { knownIntegration } from '#operate/core/known-integration.ts';
import type { PlatformEntry } from '../bundle-entry.ts';
import type { Contracts } from '../contracts.ts';

/** No integration can have this name: ids have no dots. */
export const busAuditorBundle = 'platform.bus-auditor';

export const busAuditorEntry = ({ integrations }: Pick<Contracts, 'integrations'>): PlatformEntry => ({
  name: busAuditorBundle,
  handler: 'bus-auditor.ts',
  factory: 'busAuditor',
  data: integrations.map(knownIntegration),
});
