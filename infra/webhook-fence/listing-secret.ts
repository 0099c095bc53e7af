import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { listingSecretName } from '#adapters/webhook-fence/contract/provider-listing.ts';
import { suppress } from '../suppress.ts';
import type { FenceProps } from './fence-props.ts';

/** The token with which the reconciler asks the provider what it has. What is generated at first is no token. */
export class ListingSecret extends Construct {
  constructor(scope: Construct, id: string, { fence, stage }: FenceProps) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      secretName: listingSecretName(stage, fence.id),
      description: `Token that may list what ${fence.partner.name} has, for webhook fence ${fence.id}: JSON {"token"}. The reconciler alone reads it.`,
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'token' },
      removalPolicy: stage.removalPolicy,
    });
    suppress(
      secret,
      'AwsSolutions-SMG4',
      'The partner issues this token, so only the partner can rotate it.',
    );
  }
}
