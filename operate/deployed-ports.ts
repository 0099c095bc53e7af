import type { DeployedFunction } from './core/deployed/deployed-function.ts';
import type { KnownIntegration } from './core/known-integration.ts';

type Known = Pick<KnownIntegration, 'id' | 'kind'>;

export type MovedFunction = Pick<DeployedFunction, 'name' | 'aliases'>;

/** Versions of the functions of integrations. */
export interface Deployed {
  /** None when its stack is not deployed, or was deployed by a release that knew no versions. */
  functions(integration: Known): Promise<readonly DeployedFunction[]>;
  /** Stops the deployment that is under way, which then takes itself back. False when there is none. */
  stop(integration: Known): Promise<boolean>;
  /** Leaves a note at every alias of a function. Repeatable. */
  note(fn: MovedFunction, note: string): Promise<void>;
  /** Moves every alias of a function to a version, with all invocations, and leaves a note. Repeatable. */
  move(fn: MovedFunction, to: { readonly version: string; readonly note: string }): Promise<void>;
}

export interface DeployedPorts {
  readonly deployed: Deployed;
}
