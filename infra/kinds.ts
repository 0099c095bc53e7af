import type { ContractOf, Integration } from '#adapters/integration.ts';
import type { Kind } from '#shared/contract/kind.ts';
import { feedContracts } from './cdc-feed/feed-contracts.ts';
import type { ContractKind } from './contract-kind.ts';
import { laneContracts } from './file-lane/lane-contracts.ts';
import { fenceContracts } from './webhook-fence/fence-contracts.ts';

/** What infrastructure asks of the contracts of each kind. */
export const contractKinds: { readonly [K in Kind]: ContractKind<ContractOf[K]> } = {
  'file-lane': laneContracts,
  'webhook-fence': fenceContracts,
  'cdc-feed': feedContracts,
};

/** The kinds, in the order in which they are deployed and shown. */
export const kinds = Object.keys(contractKinds) as readonly Kind[];

/** What is asked of a contract of any kind. */
export const kindOf = <I extends Integration>({ kind }: I): ContractKind<I> =>
  contractKinds[kind] as unknown as ContractKind<I>;
