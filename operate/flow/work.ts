import type { Caller } from '../core/caller.ts';
import type { KnownIntegration } from '../core/known-integration.ts';
import type { OperatePorts } from '../ports.ts';

/** What one request is answered with. */
export interface Work {
  readonly integrations: readonly KnownIntegration[];
  readonly ports: OperatePorts;
  readonly caller: Caller;
}
