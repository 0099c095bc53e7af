import { Match } from 'aws-cdk-lib/assertions';
import { fixtureTemplates } from '../fixtures/synthesised.ts';

const { platform } = fixtureTemplates();

/** Resources by what their logical id begins with. */
const named = (type: string, id: string) => {
  const found = Object.entries(platform.findResources(type)).find(([logicalId]) => logicalId.startsWith(id));
  return { id: found![0], ...found![1].Properties };
};

describe('the bus log', () => {
  const bucket = named('AWS::S3::Bucket', 'BusLog');
  const stream = named('AWS::KinesisFirehose::DeliveryStream', 'BusLog');
  const rule = named('AWS::Events::Rule', 'BusLog');

  it('gets every event of the bus, and what cannot be brought waits in a queue', () => {
    expect(rule.EventPattern).toEqual({ version: ['0'] });
    expect(rule.Targets).toEqual([
      expect.objectContaining({
        Arn: { 'Fn::GetAtt': [stream.id, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^BusLogDeadLetters/), 'Arn'] } },
      }),
    ]);
    platform.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'DeadLettersOfRule',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule.id, 'Arn'] } } },
          }),
        ]),
      },
    });
  });

  it('is JSON Lines, compressed, by the hour', () => {
    expect(stream.ExtendedS3DestinationConfiguration).toMatchObject({
      BucketARN: { 'Fn::GetAtt': [bucket.id, 'Arn'] },
      Prefix: 'events/!{timestamp:yyyy/MM/dd/HH}/',
      CompressionFormat: 'GZIP',
      ProcessingConfiguration: { Processors: [{ Type: 'AppendDelimiterToRecord' }] },
    });
  });

  it('is kept as long as the event that is archived for longest, and 35 days at least', () => {
    expect(bucket.LifecycleConfiguration.Rules).toContainEqual(
      expect.objectContaining({ Id: 'age', ExpirationInDays: 90 }),
    );
  });

  it('is written by Firehose and by nobody else', () => {
    const policy = Object.values(platform.findResources('AWS::S3::BucketPolicy')).find(
      ({ Properties }) => Properties.Bucket.Ref === bucket.id,
    );
    expect(policy!.Properties.PolicyDocument.Statement).toContainEqual({
      Sid: 'OnlyFirehoseWrites',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket.id, 'Arn'] }, '/*']] },
      Condition: {
        ArnNotEquals: {
          'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^BusLogStreamRole/), 'Arn'] },
        },
      },
    });
  });

  it('rings when an event does not come into it', () => {
    const alarms = Object.values(platform.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties,
    );
    const named = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `edge-${name}-dev`);
    expect(named('bus-log-failed-invocations')).toMatchObject({
      MetricName: 'FailedInvocations',
      Dimensions: expect.arrayContaining([
        { Name: 'RuleName', Value: { Ref: rule.id } },
        { Name: 'EventBusName', Value: expect.anything() },
      ]),
    });
    expect(named('bus-log-dead-letters')).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible' });
    expect(named('bus-log-late')).toMatchObject({ MetricName: 'DeliveryToS3.DataFreshness', Threshold: 900 });
    expect(JSON.stringify(named('bus-log-not-written'))).toContain('DeliveryToS3.Success');
  });
});
