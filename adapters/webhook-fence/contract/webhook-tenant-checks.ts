import { checkTenant } from '#shared/contract/contract-base.ts';
import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import type { WebhookFence } from './webhook-fence.ts';
import { checkPointer } from './webhook-rule-checks.ts';
import { hasSecretsByTenant, tenantsOf } from './webhook-tenant.ts';
import type { SchemeTraits } from './webhook-traits.ts';

/** @throws ContractError */
export function checkFenceTenant(
  where: string,
  fence: WebhookFence,
  { signsUrl, publishedKey }: SchemeTraits,
): void {
  const { tenant, secrets } = fence;
  checkPath(where, fence);
  if (!('fromPath' in tenant)) {
    checkTenant(where, tenant, 'from' in tenant ? [tenant.from] : []);
    if ('from' in tenant) checkPointer(`${where}: tenant.from`, fence, tenant.from);
  } else {
    refuseUnknownOptions(`${where}: tenant`, tenant, ['fromPath', 'allowed']);
    requireThat(where, tenant.allowed.length > 1, 'tenant.allowed must name at least two tenants for a path');
    requireThat(
      where,
      hasSecretsByTenant(fence) || signsUrl,
      'tenant.fromPath: with a secret that tenants share, nothing proves the path, because the scheme does not sign it',
    );
  }
  requireThat(
    where,
    !publishedKey || !hasSecretsByTenant(fence),
    'a key that the provider publishes proves no tenant: say in secrets.sharedByTenants why that is acceptable',
  );
  if (!secrets.sharedByTenants) return;
  refuseUnknownOptions(`${where}: secrets.sharedByTenants`, secrets.sharedByTenants, ['reason']);
  requireThat(
    where,
    secrets.sharedByTenants.reason.trim() !== '',
    'secrets.sharedByTenants must give its reason',
  );
  requireThat(
    where,
    tenantsOf(fence).length > 1,
    'secrets.sharedByTenants is of no use: the fence speaks for one tenant',
  );
}

function checkPath(where: string, { tenant, route, url }: WebhookFence): void {
  const places = 'fromPath' in tenant ? 1 : 0;
  const count = (text: string) => text.split('{tenant}').length - 1;
  requireThat(
    where,
    count(route) === places && (url === undefined || count(url) === places),
    places === 1
      ? 'route, and url where it is given, must have the segment {tenant} once'
      : '{tenant} in route or url is of no use without tenant.fromPath',
  );
}
