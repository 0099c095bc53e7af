import type { PlatformEntry } from '../bundle-entry.ts';

/** No integration can have this name: ids have no dots. */
export const stockLevelsBundle = 'consumer.stock-levels';

export const stockLevelsEntry: PlatformEntry = {
  name: stockLevelsBundle,
  handler: 'stock-levels.ts',
  factory: 'stockLevels',
};
