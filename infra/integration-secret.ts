import { type ISecret, Secret, type SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { secretName } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { Stage } from './stage.ts';
import { suppress } from './suppress.ts';

export interface IntegrationSecretProps extends Pick<SecretProps, 'description' | 'generateSecretString'> {
  readonly integration: string;
  readonly stage: Stage;
  /** Why no function rotates it. */
  readonly noRotation: string;
}

/** The secret of an integration, and by what its functions know it. */
export interface IntegrationSecret {
  readonly secret: ISecret;
  readonly id: string;
}

/** Made here, under the name that the stage and the integration give it, unless `secrets` of `edge.config.ts` names one. */
export function integrationSecret(
  scope: Construct,
  { integration, stage, noRotation, ...props }: IntegrationSecretProps,
): IntegrationSecret {
  const given = stage.secrets[integration];
  if (given !== undefined) return { secret: Secret.fromSecretCompleteArn(scope, 'Secret', given), id: given };
  const id = secretName(stage, integration);
  const secret = new Secret(scope, 'Secret', {
    ...props,
    secretName: id,
    removalPolicy: stage.removalPolicy,
  });
  suppress(secret, 'AwsSolutions-SMG4', noRotation);
  return { secret, id };
}
