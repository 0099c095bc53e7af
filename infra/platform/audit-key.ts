import { Aws } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { keyAdministration } from './key-administration.ts';

interface AuditKeyProps {
  readonly stage: Stage;
  /** Who alone may sign. */
  readonly signer: Role;
}

/** The key of the manifests. Its private half never leaves KMS; its public half may be read by who may read keys in this account. */
export const auditKey = (scope: Construct, id: string, { stage, signer }: AuditKeyProps): Key =>
  new Key(scope, id, {
    description: `Signs the audit trail of the edge adapters (${stage.name})`,
    keySpec: KeySpec.ECC_NIST_P256,
    keyUsage: KeyUsage.SIGN_VERIFY,
    removalPolicy: stage.removalPolicy,
    policy: new PolicyDocument({
      statements: [keyAdministration('GetPublicKey'), signing(signer)],
    }),
  });

const signing = (signer: Role) =>
  new PolicyStatement({
    principals: [new ArnPrincipal(signer.roleArn)],
    actions: ['kms:Sign'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:CallerAccount': Aws.ACCOUNT_ID } },
  });
