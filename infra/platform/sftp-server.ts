import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnServer } from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** SFTP onto the inbound bucket. Users belong to their lanes' stacks; their public keys are imported by an operator. */
export class SftpServer extends Construct {
  readonly serverId: string;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    const log = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    const server = new CfnServer(this, 'Server', {
      domain: 'S3',
      protocols: ['SFTP'],
      endpointType: 'PUBLIC',
      identityProviderType: 'SERVICE_MANAGED',
      securityPolicyName: 'TransferSecurityPolicy-2024-01',
      structuredLogDestinations: [log.logGroupArn],
      loggingRole: loggingRole(this, log).roleArn,
    });
    server.applyRemovalPolicy(stage.removalPolicy);
    this.serverId = server.attrServerId;
  }
}

// A log group's ARN attribute already ends in the `:*` that stands for its streams.
const loggingRole = (scope: Construct, log: LogGroup): Role =>
  new Role(scope, 'LoggingRole', {
    assumedBy: new ServicePrincipal('transfer.amazonaws.com'),
    inlinePolicies: {
      log: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            resources: [log.logGroupArn],
          }),
        ],
      }),
    },
  });
