import { Construct } from 'constructs';
import { type IntegrationSecret, integrationSecret } from '../integration-secret.ts';
import type { LaneProps } from './lane-props.ts';

/**
 * The PGP keys of a lane whose files are encrypted or signed. The template holds none: what is generated when the secret is made
 * opens nothing, and the lane waits (KEYS_UNUSABLE) until an operator writes the keys.
 */
export const laneSecret = (parent: Construct, { lane, stage }: LaneProps): IntegrationSecret =>
  integrationSecret(new Construct(parent, 'Keys'), {
    integration: lane.id,
    stage,
    description: `PGP keys of file lane ${lane.id}: JSON {"decryption"?: {"current", "previous"?}, "verification"?: {"current", "previous"?}, "passphrase"?}, keys armored.`,
    noRotation:
      'A new key pair is of use only once the partner has its public half, which no function can see to. Current and previous keys are both valid meanwhile.',
  });
