import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { secretName } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { suppress } from '../suppress.ts';
import type { LaneProps } from './lane-props.ts';

/**
 * The PGP keys of a lane whose files are encrypted or signed. The template holds none: what is generated when the secret is made
 * opens nothing, and the lane waits (KEYS_UNUSABLE) until an operator writes the keys.
 */
export class LaneSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { lane, stage }: LaneProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      secretName: secretName(stage.name, lane.id),
      description: `PGP keys of file lane ${lane.id}: JSON {"decryption"?: {"current", "previous"?}, "verification"?: {"current", "previous"?}, "passphrase"?}, keys armored.`,
      removalPolicy: stage.removalPolicy,
    });
    suppress(
      this.secret,
      'AwsSolutions-SMG4',
      'A new key pair is of use only once the partner has its public half, which no function can see to. Current and previous keys are both valid meanwhile.',
    );
  }
}
