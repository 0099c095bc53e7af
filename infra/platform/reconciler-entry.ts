import { reconciledIntegration } from '#operate/core/reconcile/known-lane.ts';
import type { PlatformEntry } from '../bundle-entry.ts';
import type { Contracts } from '../contracts.ts';

/** No integration can have this name: ids have no dots. */
export const reconcilerBundle = 'platform.reconciler';

export const reconcilerEntry = ({ integrations }: Pick<Contracts, 'integrations'>): PlatformEntry => ({
  name: reconcilerBundle,
  handler: 'reconciler.ts',
  factory: 'reconciler',
  data: integrations.map(reconciledIntegration),
});
