import type { Invocation } from '#shared/ports.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import type { JobPorts } from '../../plan-ports.ts';

/** What a job works with. */
export interface JobWork {
  readonly integrations: readonly KnownIntegration[];
  readonly ports: JobPorts;
  readonly invocation: Invocation;
}
