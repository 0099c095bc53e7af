import { Match } from 'aws-cdk-lib/assertions';
import { fixtureTemplates } from '../fixtures/synthesised.ts';

const { byRow: lane } = fixtureTemplates();

describe('a lane’s queues', () => {
  it('are encrypted and refuse what does not come over TLS', () => {
    lane.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    lane.resourceCountIs('AWS::SQS::Queue', 3);
    lane.resourceCountIs('AWS::SQS::QueuePolicy', 3);
    lane.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  it('give work up to the dead letters after ten attempts, never while a function may still be at it', () => {
    lane.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 960,
      RedrivePolicy: { maxReceiveCount: 10, deadLetterTargetArn: attribute('DeadLetters', 'Arn') },
    });
  });
});

describe('a lane’s trigger', () => {
  it('brings its own partner’s objects to its queue, and what cannot be brought to the dead letters', () => {
    lane.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.absent(),
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: {
          bucket: { name: [{ Ref: Match.stringLikeRegexp('platforminbound') }] },
          object: { key: [{ prefix: 'initech/in/' }, { prefix: 'initech/fixed/' }] },
        },
      },
      Targets: [
        Match.objectLike({
          Arn: attribute('Work', 'Arn'),
          DeadLetterConfig: { Arn: attribute('DeadLetters', 'Arn') },
        }),
      ],
    });
  });

  it('hands the function one message at a time, and as many at once as the contract says', () => {
    lane.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: attribute('Work', 'Arn'),
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 4 },
    });
  });
});

describe('a lane’s function', () => {
  it('runs on Node 24 and arm64, for up to 15 minutes, and may go round its own queue', () => {
    lane.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 900,
      MemorySize: 1024,
      RecursiveLoop: 'Allow',
      ReservedConcurrentExecutions: Match.absent(),
      LoggingConfig: { LogGroup: reference('Log') },
    });
    lane.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  it('knows where everything is, and nothing else', () => {
    const [fn] = Object.values(lane.findResources('AWS::Lambda::Function'));
    const variables = fn!.Properties.Environment.Variables;
    expect(Object.keys(variables).sort()).toEqual([
      'BUS_NAME',
      'CLAIMS_TABLE',
      'DEAD_LETTERS_URL',
      'INBOUND_BUCKET',
      'LANE_QUEUE_URL',
      'LEDGER_TABLE',
      'NODE_OPTIONS',
      'OPERATE_TABLE',
      'POWERTOOLS_LOG_LEVEL',
      'POWERTOOLS_SERVICE_NAME',
      'QUARANTINE_BUCKET',
      'RAW_BUCKET',
      'ROWS_QUEUE_URL',
    ]);
    expect(variables).toMatchObject({
      POWERTOOLS_SERVICE_NAME: 'initech-parcels',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      NODE_OPTIONS: '--enable-source-maps',
    });
  });
});

describe('a lane’s stack', () => {
  it('says what it is and where it can be reached', () => {
    expect(lane.toJSON().Metadata['edge:integration']).toEqual({
      id: 'initech-parcels',
      kind: 'file-lane',
      inPrefix: 'initech/in/',
      fixedPrefix: 'initech/fixed/',
      ackPrefix: 'initech/ack/',
    });
    expect(Object.keys(lane.findOutputs('*')).sort()).toEqual([
      'FunctionName',
      'LaneDlqUrl',
      'LaneQueueUrl',
      'RowsQueueUrl',
    ]);
  });
});

function reference(name: string) {
  return { Ref: Match.stringLikeRegexp(name) };
}

function attribute(name: string, attributeName: string) {
  return { 'Fn::GetAtt': [Match.stringLikeRegexp(name), attributeName] };
}
