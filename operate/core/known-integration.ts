import { isReported, keptHours } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { inPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import type { Integration } from '#adapters/integration.ts';
import type { Kind } from '#shared/contract/kind.ts';
import { limits } from '#shared/contract/limits.ts';

/** What the operator's API knows of a contract: plain data, put into its bundle. */
export interface KnownIntegration {
  readonly id: string;
  readonly kind: Kind;
  readonly owner: string;
  readonly partner: string;
  /** Of a file lane: where its files are dropped, a prefix of the inbound bucket. */
  readonly inPrefix?: string;
  /** Units above which another person must approve a plan. Default: `limits.planUnitsWithoutApproval`. */
  readonly unitsWithoutApproval?: number;
  /** Of a file lane: whether its files are due at times. */
  readonly hasSchedule?: true;
  /** Hours that its input waits while it is disabled. Of topics, only their cluster knows. */
  readonly waitsHours?: number;
  /** Of a feed: changes that are older when it is enabled again become undelivered, and are stored complete. */
  readonly undeliveredHours?: number;
}

export const knownIntegration = (contract: Integration): KnownIntegration => ({
  id: contract.id,
  kind: contract.kind,
  owner: contract.owner.team,
  partner: contract.partner.name,
  ...(contract.unitsWithoutApproval !== undefined && {
    unitsWithoutApproval: contract.unitsWithoutApproval,
  }),
  ...(contract.kind === 'file-lane' && { inPrefix: inPrefix(contract) }),
  ...(contract.kind === 'file-lane' && contract.schedule && { hasSchedule: true }),
  ...waiting(contract),
});

function waiting(contract: Integration): Pick<KnownIntegration, 'waitsHours' | 'undeliveredHours'> {
  if (contract.kind !== 'cdc-feed') return { waitsHours: limits.workQueueHours };
  const { stream, retry } = contract;
  const hours = keptHours(stream);
  return {
    ...(hours !== undefined && { waitsHours: hours }),
    ...(isReported(stream) && { undeliveredHours: retry.recordAgeSecondsMax / 3_600 }),
  };
}
