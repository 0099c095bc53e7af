import { anything, att, roleThatMay, type TestStack } from './assembly.ts';

export interface FeedOptions {
  readonly mapping?: object;
  readonly destination?: 'queue' | 'bucket';
  /** Default: a data stream with one shard. */
  readonly source?: Record<string, { Type: string; Properties?: object }>;
  readonly sourceArn?: object;
}

const dataStream = (id: string) => ({
  Source: { Type: 'AWS::Kinesis::Stream', Properties: { Name: `${id}-stream`, ShardCount: 1 } },
});

/** Stream, function from the bundle `<id>`, and the mapping between them. */
export function feedStack(id: string, options: FeedOptions = {}): TestStack {
  return {
    Resources: {
      ...(options.source ?? dataStream(id)),
      GivenUp: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `${id}-given-up` } },
      Undelivered: { Type: 'AWS::S3::Bucket', Properties: { BucketName: `${id}-undelivered` } },
      Role: roleThatMay(anything),
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: 'assets', S3Key: `${id}.zip` },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: att('Role'),
          Timeout: 5,
          MemorySize: 128,
          Environment: { Variables: { BUS: { 'Fn::ImportValue': 'platform:bus' } } },
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: options.sourceArn ?? att('Source'),
          FunctionName: { Ref: 'Fn' },
          StartingPosition: 'TRIM_HORIZON',
          BatchSize: 10,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          DestinationConfig: {
            OnFailure: { Destination: att(options.destination === 'bucket' ? 'Undelivered' : 'GivenUp') },
          },
          ...options.mapping,
        },
      },
    },
  };
}
