import type { EventContract } from '#shared/contract/define-event.ts';
import type { BundleEntry } from './bundle-entry.ts';

/** What infrastructure asks of the contracts of one kind. No CDK: the command line reads contracts too. */
export interface ContractKind<C> {
  /** The events that a contract publishes. */
  readonly events: (contract: C) => readonly EventContract[];
  /** The functions to be bundled for a contract. */
  readonly bundles: (contract: C) => readonly BundleEntry[];
  /** @throws Error when two contracts of the kind would get in each other's way. */
  readonly check: (contracts: readonly C[]) => void;
  /** Ids of integrations whose stacks must be there before the contract's. */
  readonly after: (contract: C) => readonly string[];
}
