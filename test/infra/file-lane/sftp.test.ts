import { listOf, statementsOf, textOf } from '../fixtures/statements.ts';
import { fixtureTemplates } from '../fixtures/synthesised.ts';

const without = fixtureTemplates();
const withSftp = fixtureTemplates({ sftp: ['dev'] });

describe('SFTP', () => {
  it('is not there unless asked for', () => {
    without.platform.resourceCountIs('AWS::Transfer::Server', 0);
    without.byRow.resourceCountIs('AWS::Transfer::User', 0);
  });

  it('is one server onto S3, which logs', () => {
    withSftp.platform.hasResourceProperties('AWS::Transfer::Server', {
      Domain: 'S3',
      Protocols: ['SFTP'],
      IdentityProviderType: 'SERVICE_MANAGED',
      SecurityPolicyName: 'TransferSecurityPolicy-2024-01',
    });
    const [server] = Object.values(withSftp.platform.findResources('AWS::Transfer::Server'));
    expect(server!.Properties.StructuredLogDestinations).toHaveLength(1);
  });

  it('gives a user to the lane whose contract says so, and to no other', () => {
    withSftp.byRow.resourceCountIs('AWS::Transfer::User', 1);
    withSftp.byFile.resourceCountIs('AWS::Transfer::User', 0);
  });

  it('shows the user two folders, both the lane’s own', () => {
    const [user] = Object.values(withSftp.byRow.findResources('AWS::Transfer::User'));
    expect(user!.Properties).toMatchObject({ HomeDirectoryType: 'LOGICAL', UserName: 'initech-parcels' });
    expect(
      user!.Properties.HomeDirectoryMappings.map((mapping: { Entry: string; Target: unknown }) => [
        mapping.Entry,
        textOf(mapping.Target),
      ]),
    ).toEqual([
      ['/in', '/<ref>/initech/in'],
      ['/ack', '/<ref>/initech/ack'],
    ]);
  });

  it('lets the user drop and fetch, and neither write answers nor see other folders', () => {
    const allowed = statementsOf(withSftp.byRow)
      .map(({ statement }) => statement)
      .filter(({ Sid }) => Sid && ['Drop', 'Fetch', 'Look'].includes(Sid));
    expect(allowed.map(({ Sid, Action, Resource }) => [Sid, listOf(Action), textOf(Resource)])).toEqual([
      [
        'Drop',
        ['s3:DeleteObject', 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
        '<ref>/initech/in/*',
      ],
      ['Fetch', ['s3:GetObject', 's3:GetObjectVersion'], '<ref>/initech/ack/*'],
      ['Look', ['s3:ListBucket'], '<ref>'],
    ]);
    expect(allowed[2]!.Condition).toEqual({ StringLike: { 's3:prefix': ['initech/in/*', 'initech/ack/*'] } });
  });
});
