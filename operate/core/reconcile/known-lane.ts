import type { Integration } from '#adapters/integration.ts';
import { type KnownIntegration, knownIntegration } from '../known-integration.ts';
import type { SweptLane } from './begun-by.ts';

/** What the reconciler knows of a contract: plain data, put into its bundle. */
export interface ReconciledIntegration extends KnownIntegration {
  /** Of a file lane. */
  readonly lane?: SweptLane;
}

export const reconciledIntegration = (contract: Integration): ReconciledIntegration => ({
  ...knownIntegration(contract),
  ...(contract.kind === 'file-lane' && { lane: { id: contract.id, delivery: contract.delivery } }),
});
