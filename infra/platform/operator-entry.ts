import { knownIntegration } from '#operate/core/known-integration.ts';
import type { PlatformEntry } from '../bundle-entry.ts';
import type { Contracts } from '../contracts.ts';

/** No integration can have this name: ids have no dots. */
export const operatorBundle = 'platform.operator-api';

/** The operator's API knows of each contract a few fields, so that a change of a mapping does not change it. */
export const operatorEntry = ({ integrations }: Pick<Contracts, 'integrations'>): PlatformEntry => ({
  name: operatorBundle,
  handler: 'operator-api.ts',
  factory: 'operatorApi',
  data: integrations.map(knownIntegration),
});
