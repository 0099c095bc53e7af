import type { PlatformEntry } from '../bundle-entry.ts';

/** No integration can have this name: ids have no dots. */
export const operatorBundle = 'platform.operator-api';

export const operatorEntry: PlatformEntry = {
  name: operatorBundle,
  handler: 'operator-api.ts',
  factory: 'operatorApi',
  isRegistered: true,
};
