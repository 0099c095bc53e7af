import { inPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import type { Integration } from '#adapters/integration.ts';
import type { Kind } from '#shared/contract/kind.ts';

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
});
