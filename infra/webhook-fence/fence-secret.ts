import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { secretName } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { suppress } from '../suppress.ts';
import type { FenceProps } from './fence-props.ts';

/**
 * A fence's keys. The template holds none: `current` is generated when the secret is made and proves nothing until an operator
 * writes the partner's own. A change to how it is generated would generate it again, over what the operator wrote.
 */
export class FenceSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { fence, stage }: FenceProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      secretName: secretName(stage.name, fence.id),
      description: `Keys of webhook fence ${fence.id}: JSON {"current", "previous"?, "handshake"?, "statusKey"?}. Write the one that ${fence.partner.name} gave as "current".`,
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'current' },
      removalPolicy: stage.removalPolicy,
    });
    suppress(
      this.secret,
      'AwsSolutions-SMG4',
      'The partner issues this secret, so only the partner can rotate it: a function that changed it here would refuse every genuine request. Both the new and the previous one are valid meanwhile, and a contract may demand rotation with secrets.rotationDays, which alarms.',
    );
  }
}
