import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Stack } from './assembly/template.ts';
import { type FenceKeys, makeFenceKeys, schemeShape } from './secrets/fence-keys.ts';

export interface FenceDescription {
  readonly id: string;
  /** Where the partner posts to. */
  readonly url: string;
  /** Name of the provider, or of the scheme that the contract declares. */
  readonly scheme: string;
  /** Of this run alone; where tenants have secrets of their own, those of the first. */
  readonly secrets: FenceKeys;
  /** The secrets of each tenant, where each has its own. */
  readonly tenantSecrets?: Readonly<Record<string, FenceKeys>>;
  /** The name of its secret in Secrets Manager. */
  readonly secretId: string;
  /** The secret with the token for what the provider lists, and that token. */
  readonly listing?: { readonly secretId: string; readonly token: string };
  readonly spillQueueUrl: string;
  readonly dlqUrl: string;
  readonly functionName: string;
}

const metadataShape = z.looseObject({
  id: z.string(),
  scheme: schemeShape,
  tenants: z.array(z.string()).optional(),
  /** Name of the secret with the token for what the provider lists. */
  listing: z.string().optional(),
});

/** `output` gives the stack's outputs. Keys are made here, new for each run. */
export function describeFence({ template }: Stack, output: (name: string) => string): FenceDescription[] {
  const metadata = template.Metadata?.['edge:integration'] as { readonly kind?: string } | undefined;
  if (metadata?.kind !== 'webhook-fence') return [];
  const { id, scheme, tenants = [], listing } = metadataShape.parse(metadata);
  const byTenant = tenants.map(tenant => [tenant, makeFenceKeys(scheme)] as const);
  return [
    {
      id,
      url: output('FenceUrl'),
      scheme: scheme.name,
      secrets: byTenant[0]?.[1] ?? makeFenceKeys(scheme),
      ...(byTenant.length > 0 && { tenantSecrets: Object.fromEntries(byTenant) }),
      secretId: output('SecretName'),
      ...(listing !== undefined && {
        listing: { secretId: listing, token: `local_token_${randomBytes(16).toString('hex')}` },
      }),
      spillQueueUrl: output('SpillQueueUrl'),
      dlqUrl: output('SpillDlqUrl'),
      functionName: output('FunctionName'),
    },
  ];
}
