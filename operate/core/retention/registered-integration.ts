import type { Integration } from '#adapters/integration.ts';
import { type ReconciledIntegration, reconciledIntegration } from '../reconcile/known-lane.ts';

/** For how many days the objects of an integration are kept. */
export interface Retention {
  /** Raw copies and quarantine. Of a file lane also what its partner drops, and the answers. */
  readonly days: number;
  /** Of a file lane: its folder in the inbound bucket. */
  readonly folder?: string;
  /** Of a fence: rejects. */
  readonly rejectsDays?: number;
}

/** All that the platform knows of a contract: plain data, registered by the integration's own stack. */
export interface RegisteredIntegration extends ReconciledIntegration {
  readonly retention: Retention;
}

export const registeredIntegration = (contract: Integration): RegisteredIntegration => ({
  ...reconciledIntegration(contract),
  retention: retentionOf(contract),
});

function retentionOf(contract: Integration): Retention {
  switch (contract.kind) {
    case 'file-lane':
      return { days: contract.delivery.retentionDays, folder: contract.delivery.folder };
    case 'webhook-fence':
      return { days: contract.retentionDays, rejectsDays: contract.rejects.keptDays };
    case 'cdc-feed':
      return { days: contract.retentionDays };
  }
}
