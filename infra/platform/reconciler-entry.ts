import type { PlatformEntry } from '../bundle-entry.ts';

/** No integration can have this name: ids have no dots. */
export const reconcilerBundle = 'platform.reconciler';

export const reconcilerEntry: PlatformEntry = {
  name: reconcilerBundle,
  handler: 'reconciler.ts',
  factory: 'reconciler',
  isRegistered: true,
};
