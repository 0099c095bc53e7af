import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Integration } from '#adapters/integration.ts';
import { registeredIntegration } from '#operate/core/retention/registered-integration.ts';
import type { Stage } from '../stage.ts';
import { suppressPattern } from '../suppress.ts';
import { allow } from './iam-statements.ts';

/** Of a parameter of the standard tier, which costs nothing. Source: AWS Systems Manager quotas. */
const charactersMax = 4_096;

const pathOf = ({ prefix, name }: Stage): string => `/${prefix}edge/${name}/integrations`;

/**
 * Registers an integration with the platform's functions: few fields, so that a change of a mapping changes nothing here.
 * @throws Error when they do not fit a parameter
 */
export function registerIntegration(scope: Construct, contract: Integration, stage: Stage): void {
  const stringValue = JSON.stringify(registeredIntegration(contract));
  if (stringValue.length > charactersMax)
    throw new Error(
      `${contract.kind} ${contract.id}: what operators know of it has ${stringValue.length} characters, at most ${charactersMax} fit. Shorten its schedule, its delivery or its tenants.`,
    );
  new StringParameter(scope, 'Registration', {
    parameterName: `${pathOf(stage)}/${contract.id}`,
    description: `What the platform knows of ${contract.id}`,
    tier: ParameterTier.STANDARD,
    stringValue,
  });
}

/** For a function that knows the integrations. */
export const registryEnvironment = (stage: Stage) => ({ REGISTRY_PATH: `${pathOf(stage)}/` });

const registryArn = (stage: Stage): string =>
  `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${pathOf(stage)}/*`;

export const readingRegistry = (stage: Stage): PolicyStatement =>
  allow('ReadRegistry', ['ssm:GetParametersByPath'], registryArn(stage));

export const suppressRegistry = (role: Role, stage: Stage): void =>
  suppressPattern(
    role,
    `arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter${pathOf(stage)}/*`,
    'Each integration’s own stack writes its parameter, after this one; the path is theirs alone.',
  );
