import type { PlatformEntry } from '../bundle-entry.ts';

/** No integration can have this name: ids have no dots. */
export const busAuditorBundle = 'platform.bus-auditor';

export const busAuditorEntry: PlatformEntry = {
  name: busAuditorBundle,
  handler: 'bus-auditor.ts',
  factory: 'busAuditor',
  isRegistered: true,
};
