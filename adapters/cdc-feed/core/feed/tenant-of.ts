import type { Tenant } from '#shared/contract/contract-base.ts';
import { type Fault, fault } from '#shared/contract/fault.ts';

/** The constant tenant, or the one that the row names, if this integration may speak for it. */
export function tenantOf(tenant: Tenant, row: Readonly<Record<string, unknown>>): string | Fault {
  if ('constant' in tenant) return tenant.constant;
  const named = String(row[tenant.from]);
  if (tenant.allowed.includes(named)) return named;
  const detail = 'this integration may not speak for the tenant named';
  return fault('TENANT_MISMATCH', { column: tenant.from }, detail);
}
