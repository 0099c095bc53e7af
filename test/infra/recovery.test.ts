import { Match, type Template } from 'aws-cdk-lib/assertions';
import { fixtureApp, fixtureTemplates, templatesOf } from './fixtures/synthesised.ts';

const stage = { stage: 'prod' };
const region = 'arn:aws:dynamodb:eu-central-1:111122223333:table';
const restored = { prod: { ledger: `${region}/edge-ledger-restored/stream/2026-01-01T00:00:00.000` } };
const plain = fixtureTemplates({}, stage);

const liveVersions = (template: Template) => Object.keys(template.findResources('AWS::Lambda::Version'));
const ledgerParameter = (template: Template) =>
  Object.values(template.findResources('AWS::SSM::Parameter')).find(({ Properties }) =>
    String(Properties.Name).endsWith('/ledger'),
  )!.Properties.Value;

describe('the tables', () => {
  it('can be restored to any second, and are neither deleted nor emptied with their stack in prod', () => {
    const tables = Object.values(plain.platform.findResources('AWS::DynamoDB::Table'));
    expect(tables).toHaveLength(3);
    for (const table of tables)
      expect(table).toMatchObject({
        DeletionPolicy: 'Retain',
        Properties: {
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          DeletionProtectionEnabled: true,
        },
      });
  });
});

describe('a table that was restored under another name', () => {
  const { platform, byFile } = fixtureTemplates({ restored }, stage);

  it('takes the place of the lost one, for the platform and for the stacks of integrations', () => {
    expect(Object.keys(platform.findResources('AWS::DynamoDB::Table'))).toHaveLength(2);
    expect(ledgerParameter(platform)).toBe('edge-ledger-restored');
    expect(JSON.stringify(platform.toJSON())).toContain(`${region}/edge-ledger-restored/index/`);
    platform.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: restored.prod.ledger,
    });
  });

  it('publishes a version of every function of an integration: else its alias would keep the name of the lost one', () => {
    expect(liveVersions(byFile)).toHaveLength(1);
    // Lambda publishes none of a function that is as it was.
    byFile.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ RESTORED_TABLES: restored.prod.ledger }) },
    });
    expect(liveVersions(byFile)).not.toEqual(liveVersions(plain.byFile));
    expect(liveVersions(fixtureTemplates({}, stage).byFile)).toEqual(liveVersions(plain.byFile));
  });
});

describe('replicas', () => {
  const replica = (name: string) => `arn:aws:s3:::example-edge-${name}`;
  const replicas = { prod: { raw: replica('raw'), audit: replica('audit'), inbound: replica('inbound') } };
  const { platform } = fixtureTemplates({ replicas }, stage);

  it('get every new version of every object of the buckets that are named, and no deletion', () => {
    const buckets = Object.values(platform.findResources('AWS::S3::Bucket'));
    const rules = buckets.flatMap(({ Properties }) => Properties.ReplicationConfiguration?.Rules ?? []);
    expect(rules.map(({ Destination }) => Destination.Bucket).sort()).toEqual(
      Object.values(replicas.prod).sort(),
    );
    for (const rule of rules)
      expect(rule).toMatchObject({ Status: 'Enabled', DeleteMarkerReplication: { Status: 'Disabled' } });
    for (const { Properties } of buckets.filter(({ Properties }) => Properties.ReplicationConfiguration))
      expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });

  it('are written by roles that may write this replica and delete nothing', () => {
    const policies = Object.values(platform.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      Properties.PolicyName.includes('Replica'),
    );
    expect(policies).toHaveLength(3);
    for (const { Properties } of policies) {
      const { Statement } = Properties.PolicyDocument;
      const actions = Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
      expect(actions.filter((action: string) => /Delete|Put/.test(action))).toEqual([]);
      const writing = Statement.find(({ Sid }: { Sid: string }) => Sid === 'WriteReplicas');
      expect(Object.values(replicas.prod).map(arn => `${arn}/*`)).toContain(writing.Resource);
    }
  });

  it('are none where the configuration names none', () => {
    expect(JSON.stringify(plain.platform.toJSON())).not.toContain('ReplicationConfiguration');
  });
});

describe('backups', () => {
  const copyTo = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:edge';
  const { platform } = fixtureTemplates({ backups: { prod: { days: 90, copyTo } } }, stage);

  it('are made each night of the three tables, kept, and copied to another region', () => {
    platform.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'edge-prod',
        BackupPlanRule: [
          Match.objectLike({
            ScheduleExpression: 'cron(0 3 * * ? *)',
            Lifecycle: { DeleteAfterDays: 90 },
            CopyActions: [{ DestinationBackupVaultArn: copyTo, Lifecycle: { DeleteAfterDays: 90 } }],
          }),
        ],
      },
    });
    const [selection] = Object.values(platform.findResources('AWS::Backup::BackupSelection'));
    expect(selection!.Properties.BackupSelection.Resources).toHaveLength(3);
    platform.hasResource('AWS::Backup::BackupVault', { DeletionPolicy: 'Retain' });
  });

  it('are none where the configuration names none', () => {
    expect(Object.keys(plain.platform.findResources('AWS::Backup::BackupPlan'))).toEqual([]);
  });
});

describe('what recovers', () => {
  it('keeps the AwsSolutions rules', () => {
    const replicas = {
      dev: { raw: 'arn:aws:s3:::example-edge-raw', audit: 'arn:aws:s3:::example-edge-audit' },
    };
    const app = fixtureApp({}, undefined, {
      replicas,
      canary: ['dev'],
      restored: { dev: restored.prod },
      backups: { dev: { days: 35 } },
    });
    expect(() => app.synth()).not.toThrow();
    expect(templatesOf(app).length).toBeGreaterThan(2);
  });
});
