import type { Tenant } from '../../contract/contract-base.ts';

/**
 * Whose an operational event is. What concerns several tenants belongs to none of them: it is the suite's own (`edge`), for a
 * list would match no rule that filters by tenant, and would tell one tenant of the others.
 */
export function operationalTenant(tenant: Tenant): string {
  const tenants = 'constant' in tenant ? [tenant.constant] : tenant.allowed;
  const [only = 'edge', ...more] = tenants;
  return more.length > 0 ? 'edge' : only;
}
