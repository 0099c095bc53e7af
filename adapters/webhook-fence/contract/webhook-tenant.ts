import type { Tenant } from '#shared/contract/contract-base.ts';

/** Fixed, from the payload (JSON pointer, or a form's field), or from the segment `{tenant}` of the route. */
export type FenceTenant = Tenant | { readonly fromPath: true; readonly allowed: readonly string[] };

interface TenantRules {
  readonly tenant: FenceTenant;
  readonly secrets: { readonly sharedByTenants: { readonly reason: string } | undefined };
}

/** The tenants that a fence may speak for. */
export const tenantsOf = ({ tenant }: Pick<TenantRules, 'tenant'>): readonly string[] =>
  'constant' in tenant ? [tenant.constant] : tenant.allowed;

/** Whether each of several tenants has secrets of its own, which prove who sent a request. */
export const hasSecretsByTenant = (fence: TenantRules): boolean =>
  tenantsOf(fence).length > 1 && fence.secrets.sharedByTenants === undefined;
