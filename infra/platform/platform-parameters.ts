import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** What stacks of integrations must know of the platform. */
const platformValues = [
  'bus',
  'inbound',
  'raw',
  'rejects',
  'quarantine',
  'ledger',
  'claims',
  'operate',
  'alarms',
  'issue-recorder',
  'sftp-server',
] as const;

export type PlatformValue = (typeof platformValues)[number];

export const parameterName = ({ prefix, name }: Stage, value: PlatformValue): string =>
  `/${prefix}edge/${name}/platform/${value}`;

interface PlatformParametersProps {
  readonly stage: Stage;
  /** Names of buses, buckets and tables, ARNs of the rest. */
  readonly values: Readonly<Partial<Record<PlatformValue, string>>>;
}

/**
 * What stacks of integrations must know, as parameters that CloudFormation reads when it deploys them. An export could not change
 * while a stack uses it, so a table that was restored under another name could not take the place of the lost one.
 */
export class PlatformParameters extends Construct {
  constructor(scope: Construct, id: string, { stage, values }: PlatformParametersProps) {
    super(scope, id);
    for (const value of platformValues) {
      const stringValue = values[value];
      if (stringValue !== undefined)
        new StringParameter(this, value, { parameterName: parameterName(stage, value), stringValue });
    }
  }
}
