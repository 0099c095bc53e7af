import type { Kind } from '#shared/contract/kind.ts';
import type { Derivations } from '#shared/derive/derivations.ts';
import { feedDerivations } from '../cdc-feed/derive/derivations.ts';
import { laneDerivations } from '../file-lane/derive/derivations.ts';
import type { ContractOf, Integration } from '../integration.ts';
import { fenceDerivations } from '../webhook-fence/derive/derivations.ts';

/** The derivations of each kind. */
export const derivations: { readonly [K in Kind]: Derivations<ContractOf[K]> } = {
  'file-lane': laneDerivations,
  'webhook-fence': fenceDerivations,
  'cdc-feed': feedDerivations,
};

/** The derivations of a contract of any kind. */
export const derive = <I extends Integration>({ kind }: I): Derivations<I> =>
  derivations[kind] as unknown as Derivations<I>;
