import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { FenceDescription } from '../fence-description.ts';
import { required } from '../required.ts';
import { Secrets } from '../secrets/secrets.ts';
import { readProperties } from './read.ts';

const secretShape = z.object({
  Description: z.string().default(''),
  GenerateSecretString: z
    .union([
      z.strictObject({ SecretStringTemplate: z.string(), GenerateStringKey: z.string() }),
      // The whole text is generated.
      z.strictObject({}),
    ])
    .optional(),
});

/** The declared secrets, each generated; then, as an operator would, the keys of each fence are written to its own. */
export function bringUpSecrets(blueprint: Blueprint, fences: readonly FenceDescription[]): Secrets {
  const secrets = new Secrets();
  for (const resource of blueprint.ofType('AWS::SecretsManager::Secret')) {
    const { Description, GenerateSecretString } = readProperties(blueprint, resource, secretShape);
    const { ref, attributes } = blueprint.identity(resource);
    const given = { name: required(attributes.SecretName, 'SecretName'), arn: ref, description: Description };
    secrets.create(given, generated(GenerateSecretString));
  }
  for (const fence of fences) {
    secrets.put(fence.secretId, JSON.stringify(fenceDocument(fence)));
    const { listing } = fence;
    if (listing) secrets.put(listing.secretId, JSON.stringify({ token: listing.token }));
  }
  return secrets;
}

/** A fence's secret as an operator writes it. */
export function fenceDocument({
  secrets,
  tenantSecrets,
}: Pick<FenceDescription, 'secrets' | 'tenantSecrets'>) {
  const { current, handshake, statusKey } = secrets;
  if (!tenantSecrets) return { current, handshake, statusKey };
  const of = (name: 'current' | 'statusKey') =>
    Object.fromEntries(Object.entries(tenantSecrets).map(([tenant, keys]) => [tenant, keys[name]]));
  return { current: of('current'), handshake, statusKey: of('statusKey') };
}

const password = (): string => randomBytes(24).toString('base64url');

const generated = (how: z.infer<typeof secretShape>['GenerateSecretString']): string =>
  how && 'GenerateStringKey' in how
    ? JSON.stringify({ ...JSON.parse(how.SecretStringTemplate), [how.GenerateStringKey]: password() })
    : password();
