import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { tenantReader } from '#shared/core/event/tenant-reader.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import type { Delivery } from './delivery.ts';
import { type Payload, readField } from './payload.ts';

type TenantRule = Pick<WebhookFence, 'tenant' | 'body'>;

/** What of a delivery, besides its payload, says for whom it speaks. */
export type TenantMarks = Pick<Delivery, 'provenTenant' | 'pathTenant'>;

/** The tenant that a delivery names, where the contract allows it and the secret does not belong to another one. */
export function tenantOf(fence: TenantRule, marks: TenantMarks, payload: unknown): string | Fault {
  const named = namedTenant(fence, marks, payload);
  const { provenTenant = named } = marks;
  if (isFault(named) || provenTenant === named) return named;
  const detail = 'the secret belongs to another tenant than the one named';
  return fault(
    'TENANT_MISMATCH',
    placeOf(fence),
    detail,
    'Sign with the secret of the tenant that you name.',
  );
}

const placeOf = ({ tenant }: TenantRule) => ('from' in tenant ? { column: tenant.from } : {});

function namedTenant(fence: TenantRule, { pathTenant }: TenantMarks, payload: unknown): string | Fault {
  const { tenant } = fence;
  if (!('fromPath' in tenant))
    return tenantReader(tenant, (given, field) => readField(fence, given, field))(payload, {});
  return pathTenant !== undefined && tenant.allowed.includes(pathTenant)
    ? pathTenant
    : fault('TENANT_MISMATCH', {}, 'this integration may not speak for the tenant in the path');
}

/** The tenant of a delivery: its secret's, else the one it names; empty, which no tenant's name is, where it speaks for nobody we know. */
export function tenantInBooks(fence: TenantRule, marks: TenantMarks, payload: Payload): string {
  if (marks.provenTenant !== undefined) return marks.provenTenant;
  const tenant = namedTenant(fence, marks, payload.ok ? payload.value : undefined);
  return isFault(tenant) ? '' : tenant;
}

/** Of whom a delivery's name and id are: two tenants may use the same. */
export const scopeOf = ({ provenTenant, pathTenant }: TenantMarks): readonly string[] =>
  [provenTenant ?? pathTenant].filter(tenant => tenant !== undefined);
