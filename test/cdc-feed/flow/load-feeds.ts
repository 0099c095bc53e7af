import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';

/** Every CDC feed under `integrations/` that can be loaded. */
export const loadFeeds = async (): Promise<readonly CdcFeed[]> =>
  ofKind(await loadSoundContracts(), 'cdc-feed');
