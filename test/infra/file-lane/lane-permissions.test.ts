import { listOf, type Statement, statementsOf, textOf } from '../fixtures/statements.ts';
import { fixtureTemplates } from '../fixtures/synthesised.ts';

const { byRow, byFile } = fixtureTemplates();

const permissionsOf = (template: typeof byRow): Record<string, Statement> =>
  Object.fromEntries(
    statementsOf(template)
      .filter(({ type, statement }) => type === 'AWS::IAM::Role' && statement.Sid)
      .map(({ statement }) => [statement.Sid!, statement]),
  );

const row = permissionsOf(byRow);
const file = permissionsOf(byFile);

describe('a lane’s function may', () => {
  it('use objects under its own prefixes alone', () => {
    const objects = Object.values(row)
      .filter(statement => listOf(statement.Action).some(action => /^s3:.*Object/.test(action)))
      .map(statement => [statement.Sid, textOf(statement.Resource), listOf(statement.Action).join(' ')]);
    expect(objects).toEqual([
      ['ReadDrops', '<ref>/initech/in/*', 's3:GetObject s3:GetObjectVersion'],
      ['ReadFixed', '<ref>/initech/fixed/*', 's3:GetObject s3:GetObjectVersion'],
      [
        'Acknowledge',
        '<ref>/initech/ack/*',
        's3:AbortMultipartUpload s3:DeleteObject s3:GetObject s3:PutObject',
      ],
      [
        'KeepRaw',
        '<ref>/initech-parcels/*',
        's3:AbortMultipartUpload s3:GetObject s3:GetObjectVersion s3:PutObject',
      ],
      [
        'KeepQuarantine',
        '<ref>/initech-parcels/*',
        's3:AbortMultipartUpload s3:GetObject s3:GetObjectVersion s3:PutObject',
      ],
    ]);
  });

  it('find out that an object of its own is not there, and list nothing else', () => {
    expect(row.FindDrops).toMatchObject({
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': 'initech/in/*' } },
    });
    expect(row.FindAnswers).toMatchObject({
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': 'initech/ack/*' } },
    });
    expect(row.FindRaw).toMatchObject({
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': 'initech-parcels/*' } },
    });
  });

  it('use its own items of the ledger alone', () => {
    expect(row.KeepLedger).toMatchObject({
      Action: [
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['initech-parcels#*'] } },
    });
  });

  it('claim rows where its contract has them compared, and not otherwise', () => {
    expect(row.ClaimRows).toMatchObject({
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['initech-parcels#*'] } },
    });
    expect(JSON.stringify(row.ClaimRows?.Resource)).toContain('platformclaims');
    expect(file.ClaimRows).toBeUndefined();
    expect(JSON.stringify(Object.values(file))).not.toContain('platformclaims');
  });

  it('publish the events of its contract and the report of a settled file, on the one bus', () => {
    expect(row.Publish).toMatchObject({
      Action: 'events:PutEvents',
      Condition: {
        'ForAllValues:StringEquals': {
          'events:source': ['edge', 'parcels'],
          'events:detail-type': ['edge.file.settled.v1', 'parcels.parcel.updated.v1'],
        },
        Null: { 'events:source': 'false', 'events:detail-type': 'false' },
      },
    });
    expect(JSON.stringify(row.Publish?.Resource)).toMatch(
      /:event-bus\/",\{"Ref":"SsmParameterValueedgedevplatformbus/,
    );
  });

  it('work on its own queue, announce rows on its own, write its own log, and nothing more', () => {
    expect(row.WorkOnOwnQueue?.Resource).toEqual({
      'Fn::GetAtt': [expect.stringContaining('QueuesWork'), 'Arn'],
    });
    expect(row.KeepDeadLetters).toMatchObject({
      Action: 'sqs:SendMessage',
      Resource: { 'Fn::GetAtt': [expect.stringContaining('DeadLetters'), 'Arn'] },
    });
    expect(row.AnnounceRows).toMatchObject({ Action: 'sqs:SendMessage' });
    expect(row.Log?.Resource).toEqual({ 'Fn::GetAtt': [expect.stringContaining('LaneLog'), 'Arn'] });
    expect(Object.keys(file)).toEqual([
      'ReadDrops',
      'FindDrops',
      'ReadFixed',
      'FindFixed',
      'Acknowledge',
      'FindAnswers',
      'KeepRaw',
      'FindRaw',
      'KeepQuarantine',
      'FindQuarantine',
      'KeepLedger',
      'ReadSwitch',
      'WorkOnOwnQueue',
      'KeepDeadLetters',
      'AnnounceRows',
      'Publish',
      'Log',
    ]);
  });

  it('be given nothing by a managed policy', () => {
    for (const role of Object.values(byRow.findResources('AWS::IAM::Role')))
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
    byRow.resourceCountIs('AWS::IAM::Policy', 0);
  });
});
