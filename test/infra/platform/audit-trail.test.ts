import { Match } from 'aws-cdk-lib/assertions';
import { contracts } from '../fixtures/lanes.ts';
import { listOf, type Statement } from '../fixtures/statements.ts';
import { fixtureApp, fixtureTemplates, templatesOf } from '../fixtures/synthesised.ts';

const { platform } = fixtureTemplates();
const { platform: inProduction } = fixtureTemplates({}, { stage: 'prod' });

const statementsOfRole = (service: string): readonly Statement[] => {
  const roles = Object.values(platform.findResources('AWS::IAM::Role'));
  const role = roles.find(
    ({ Properties }) => Properties.Description === `What the function ${service} may do`,
  );
  return role?.Properties.Policies[0].PolicyDocument.Statement ?? [];
};

describe('the audit trail', () => {
  it('is locked for 400 days in production, where nobody can get around it, and for one elsewhere', () => {
    const locked = (Mode: string, Days: number) => ({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode, Days } } },
    });
    inProduction.hasResourceProperties('AWS::S3::Bucket', locked('COMPLIANCE', 400));
    platform.hasResourceProperties('AWS::S3::Bucket', locked('GOVERNANCE', 1));
    const [stack] = templatesOf(fixtureApp({}, contracts, { auditDays: { dev: 30 } }));
    stack?.hasResourceProperties('AWS::S3::Bucket', locked('GOVERNANCE', 30));
  });

  it('lets records expire after their lock, and keeps manifests', () => {
    inProduction.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      LifecycleConfiguration: {
        Rules: [
          { Id: 'sweep', ExpiredObjectDeleteMarker: true, Status: 'Enabled' },
          Match.objectLike({ Prefix: 'records/', ExpirationInDays: 400 }),
        ],
      },
    });
  });

  it('refuses to everyone to write over what is there', () => {
    platform.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:PutObject',
            Condition: { Null: { 's3:if-none-match': 'true' } },
          }),
        ]),
      },
    });
  });

  it('is written by roles that can add, and can neither replace nor delete nor change a lock', () => {
    for (const service of ['audit-writer', 'audit-sealer']) {
      const statements = statementsOfRole(service);
      const onObjects = statements
        .flatMap(({ Action }) => listOf(Action))
        .filter(action => action.startsWith('s3:'));
      expect([...new Set(onObjects)].sort()).toEqual(['s3:GetObject', 's3:ListBucket', 's3:PutObject']);
      const [put] = statements.filter(({ Action }) => listOf(Action).includes('s3:PutObject'));
      expect(put?.Condition).toEqual({ Null: { 's3:if-none-match': 'false' } });
    }
  });

  it('is signed with a P-256 key that the sealer alone may use', () => {
    platform.hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      KeyPolicy: {
        Statement: [
          Match.objectLike({ Action: Match.not(Match.arrayWith(['kms:Sign'])) }),
          Match.objectLike({
            Action: 'kms:Sign',
            Principal: { AWS: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AuditSealerRole'), 'Arn'] } },
          }),
        ],
      },
    });
  });

  it('is written from the tables that hold the books, and sealed each night', () => {
    platform.resourcePropertiesCountIs(
      'AWS::Lambda::EventSourceMapping',
      { StartingPosition: 'TRIM_HORIZON' },
      3,
    );
    platform.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(10 1 * * ? *)',
      ScheduleExpressionTimezone: 'UTC',
    });
  });

  it('rings before the streams forget what is not written', () => {
    platform.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'edge-audit-writer-behind-dev',
      MetricName: 'IteratorAge',
      Threshold: 3_600_000,
    });
  });
});
