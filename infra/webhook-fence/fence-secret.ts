import { Construct } from 'constructs';
import { type IntegrationSecret, integrationSecret } from '../integration-secret.ts';
import type { FenceProps } from './fence-props.ts';

/**
 * A fence's keys. The template holds none: `current` is generated when the secret is made and proves nothing until an operator
 * writes the partner's own. A change to how it is generated would generate it again, over what the operator wrote.
 */
export const fenceSecret = (parent: Construct, { fence, stage }: FenceProps): IntegrationSecret =>
  integrationSecret(new Construct(parent, 'Secret'), {
    integration: fence.id,
    stage,
    description: `Keys of webhook fence ${fence.id}: JSON {"current", "previous"?, "handshake"?, "statusKey"?}. Write the one that ${fence.partner.name} gave as "current".`,
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'current' },
    noRotation:
      'The partner issues this secret, so only the partner can rotate it: a function that changed it here would refuse every genuine request. Both the new and the previous one are valid meanwhile, and a contract may demand rotation with secrets.rotationDays, which alarms.',
  });
