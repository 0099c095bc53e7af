import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import type { Integration } from '#adapters/integration.ts';
import type { ProviderListing } from '#adapters/webhook-fence/contract/provider-listing.ts';
import { type KnownIntegration, knownIntegration } from '../known-integration.ts';
import type { SweptLane } from './begun-by.ts';

/** A lane as the reconciler needs it. */
export type ReconciledLane = SweptLane &
  Pick<FileLane, 'schemaVersion' | 'trust' | 'tenant' | 'schedule' | 'duplicateDays'>;

/** What the reconciler knows of a contract: plain data, put into its bundle. */
export interface ReconciledIntegration extends KnownIntegration {
  /** Of a file lane. */
  readonly lane?: ReconciledLane;
  /** Of a fence: days for which it remembers its deliveries. A registration of an older release does not say. */
  readonly rememberedDays?: number;
  /** Of a fence whose provider can be asked what it has. */
  readonly listing?: ProviderListing;
}

export const reconciledIntegration = (contract: Integration): ReconciledIntegration => ({
  ...knownIntegration(contract),
  ...(contract.kind === 'file-lane' && { lane: laneOf(contract) }),
  ...(contract.kind === 'webhook-fence' && { rememberedDays: contract.replayHorizonDays }),
  ...(contract.kind === 'webhook-fence' && contract.listing && { listing: contract.listing }),
});

const laneOf = ({ schedule, ...lane }: FileLane): ReconciledLane => ({
  ...{ id: lane.id, delivery: lane.delivery, duplicateDays: lane.duplicateDays },
  ...{ schemaVersion: lane.schemaVersion, trust: lane.trust, tenant: lane.tenant },
  ...(schedule && { schedule }),
});
