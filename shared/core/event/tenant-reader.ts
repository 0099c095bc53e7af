import type { Tenant } from '../../contract/contract-base.ts';
import { type Fault, fault, type Place } from '../../contract/fault.ts';

/** Gives the tenant that an input speaks for, or a fault when the contract does not allow it. */
export type TenantReader<Input> = (input: Input, at: Place) => string | Fault;

/** `readValue` gives what stands at the place that the contract names: a column, a JSON pointer. */
export function tenantReader<Input>(
  tenant: Tenant,
  readValue: (input: Input, from: string) => unknown,
): TenantReader<Input> {
  if ('constant' in tenant) return () => tenant.constant;
  const { from, allowed } = tenant;
  return (input, at) => {
    const named = readValue(input, from);
    const found = typeof named === 'object' ? undefined : allowed.find(each => each === String(named));
    const detail = 'this integration may not speak for the tenant named';
    return found ?? fault('TENANT_MISMATCH', { ...at, column: from }, detail);
  };
}

/** For inputs that are rows. */
export const rowTenantReader = (tenant: Tenant): TenantReader<Readonly<Record<string, unknown>>> =>
  tenantReader(tenant, (values, column) => values[column]);
