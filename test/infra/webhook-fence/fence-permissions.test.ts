import { fenceContracts } from '../fixtures/fences.ts';
import { listOf, type Statement, textOf } from '../fixtures/statements.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [, fence] = templatesOf(fixtureApp({}, fenceContracts));

const roles = Object.entries(fence!.findResources('AWS::IAM::Role'));

/** Statements of the role of one part, by their Sid. */
function permissionsOf(part: string): Record<string, Statement> {
  const [, role] = roles.find(([id]) => id.startsWith(part))!;
  const statements: Statement[] = role.Properties.Policies[0].PolicyDocument.Statement;
  return Object.fromEntries(statements.map(statement => [statement.Sid!, statement]));
}

const receive = permissionsOf('Receive');
const drain = permissionsOf('Drain');
const release = permissionsOf('Release');

describe('the functions of a fence', () => {
  it('have a role each, and no policy besides', () => {
    expect(roles).toHaveLength(3);
    fence!.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it.each([
    ['that answers', receive],
    ['that drains', drain],
    ['that releases', release],
  ])('%s: uses its own claims, its own objects and its own events alone', (_, may) => {
    expect(may.Claim).toMatchObject({
      Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['initech-moves#*'] } },
    });
    expect(textOf(may.KeepRaw!.Resource)).toBe('<ref>/initech-moves/*');
    expect(may.FindRaw).toMatchObject({
      Condition: { StringLike: { 's3:prefix': 'initech-moves/*' } },
    });
    expect(may.Publish).toMatchObject({
      Action: 'events:PutEvents',
      Condition: {
        'ForAllValues:StringEquals': {
          'events:source': ['parcels'],
          'events:detail-type': ['parcels.parcel.confirmed.v1'],
        },
        Null: { 'events:source': 'false', 'events:detail-type': 'false' },
      },
    });
  });

  it('keep rejects apart from deliveries: who answers adds them and sees none, who releases reads them and reports', () => {
    const onRejects = (may: Record<string, Statement>) =>
      Object.values(may)
        .filter(({ Resource }) => JSON.stringify(Resource).includes('platformrejects'))
        .map(({ Sid, Action, Resource }) => [Sid, listOf(Action).join(' '), textOf(Resource)]);
    expect(onRejects(receive)).toEqual([
      ['KeepRejects', 's3:AbortMultipartUpload s3:PutObject', '<ref>/initech-moves/rejects/*'],
    ]);
    expect(onRejects(drain)).toEqual([]);
    expect(onRejects(release)).toEqual([
      ['ReadOwnRejects', 's3:GetObject s3:GetObjectVersion', '<ref>/initech-moves/rejects/*'],
      ['FindRejects', 's3:ListBucket', '<ref>'],
      ['ReportReleases', 's3:AbortMultipartUpload s3:PutObject', '<ref>/initech-moves/audit/*'],
    ]);
  });

  it('write to quarantine and cannot read it', () => {
    expect(receive.Quarantine!.Action).toEqual(['s3:AbortMultipartUpload', 's3:PutObject']);
    expect(textOf(receive.Quarantine!.Resource)).toBe('<ref>/initech-moves/*');
  });

  it('read one secret, but for the drain, which needs none', () => {
    for (const may of [receive, release])
      expect(may.ReadSecret).toMatchObject({
        Action: 'secretsmanager:GetSecretValue',
        Resource: { Ref: expect.stringContaining('Secret') },
      });
    expect(Object.values(drain).flatMap(({ Action }) => listOf(Action))).not.toContain(
      'secretsmanager:GetSecretValue',
    );
  });

  it('fill the spill queue or drain it, never both', () => {
    for (const may of [receive, release]) {
      expect(may.Spill).toMatchObject({ Action: 'sqs:SendMessage' });
      expect(may.Drain).toBeUndefined();
    }
    expect(drain.Spill).toBeUndefined();
    expect(drain.Drain!.Action).toEqual([
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]);
  });
});
