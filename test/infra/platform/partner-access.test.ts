import { textOf } from '../fixtures/statements.ts';
import { fixtureTemplates } from '../fixtures/synthesised.ts';

const partner = 'arn:aws:iam::111122223333:role/drop';
const policies = (context?: Record<string, string>) =>
  Object.values(fixtureTemplates(context).platform.findResources('AWS::S3::BucketPolicy')).flatMap(
    policy => policy.Properties.PolicyDocument.Statement as Record<string, unknown>[],
  );

describe('a partner’s own principals', () => {
  it('have no access unless it is given', () => {
    expect(
      policies().filter(
        ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('iam'),
      ),
    ).toEqual([]);
  });

  it('may drop into their lane’s folder and fetch its answers, and nothing else', () => {
    const given = policies({ 'partner:initech-parcels': partner }).filter(({ Principal }) =>
      JSON.stringify(Principal).includes(partner),
    );
    expect(
      given.map(({ Effect, Action, Resource, Condition }) => [
        Effect,
        Action,
        textOf(Resource).replace(/^.*?(\/|$)/, '$1'),
        Condition,
      ]),
    ).toEqual([
      ['Allow', 's3:PutObject', '/initech/in/*', undefined],
      ['Allow', 's3:PutObject', '/initech/fixed/*', undefined],
      ['Allow', 's3:GetObject', '/initech/ack/*', undefined],
      ['Allow', 's3:ListBucket', '', { StringLike: { 's3:prefix': 'initech/ack/*' } }],
    ]);
  });
});
