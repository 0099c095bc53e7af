import type { KnownIntegration } from './core/known-integration.ts';
import type { Mapping, Switch, SwitchState } from './core/switch/switch.ts';

/** What plans said of integrations: whether they take their input. */
export interface Switches {
  /** Undefined where no plan ever did. Consistent read. */
  find(integration: string): Promise<Switch | undefined>;
  /** False when a plan that was made later set it. Repeatable. */
  set(integration: string, to: Switch): Promise<boolean>;
}

/** Event source mappings of the functions that work for integrations. */
export interface Mappings {
  /** None when its stack is not deployed. */
  list(integration: Pick<KnownIntegration, 'id' | 'kind'>): Promise<readonly Mapping[]>;
  /** Asks for it: the mapping changes later, and not at all where it is changing already. */
  set(uuid: string, to: SwitchState): Promise<void>;
}

export interface SwitchPorts {
  readonly switches: Switches;
  readonly mappings: Mappings;
}
