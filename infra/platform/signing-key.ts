import { Aws } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { keyAdministration } from './key-administration.ts';

interface SigningKeyProps {
  readonly description: string;
  readonly stage: Stage;
  /** Who alone may sign. */
  readonly signer: Role;
}

/** A key whose private half never leaves KMS. Its public half may be read by who may read keys in this account. */
export const signingKey = (
  scope: Construct,
  id: string,
  { description, stage, signer }: SigningKeyProps,
): Key =>
  new Key(scope, id, {
    description,
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
