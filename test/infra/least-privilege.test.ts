import { loadSoundContracts } from '#infra/contracts.ts';
import { type Found, listOf, statementsOf, textOf } from './fixtures/statements.ts';
import { fixtureApp, templatesOf } from './fixtures/synthesised.ts';

const config = { sftp: ['dev'] };
const apps = [fixtureApp({}, undefined, config), fixtureApp({}, await loadSoundContracts(), config)];
const statements = apps.flatMap(templatesOf).flatMap(statementsOf);
const allowed = statements.filter(({ statement }) => statement.Effect === 'Allow');

describe('every permission of every template', () => {
  it('is looked at: of these fixtures and of all integrations', () => {
    expect(statements.filter(({ statement }) => statement.Sid === 'Publish').length).toBeGreaterThanOrEqual(
      5,
    );
    const types = new Set(statements.map(({ type }) => type));
    expect([...types].sort()).toEqual([
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::KMS::Key',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::QueuePolicy',
    ]);
  });

  it('names its actions one by one', () => {
    const actions = allowed.flatMap(({ statement }) => listOf(statement.Action));
    expect(actions.filter(action => action.includes('*'))).toEqual([]);
  });

  it('names its resources, but for what has no name', () => {
    expect(allowed.filter(hasWildcard).filter(found => !isNamelessByNature(found))).toEqual([]);
  });

  it('gives nothing to everyone', () => {
    const toEveryone = allowed.filter(({ statement }) =>
      JSON.stringify(statement.Principal ?? '').includes('"*"'),
    );
    expect(toEveryone.filter(found => !isThroughAccessPoint(found))).toEqual([]);
  });
});

/** An access point has a policy of its own, and S3 asks both. */
const isThroughAccessPoint = ({ type, statement }: Found): boolean =>
  type === 'AWS::S3::BucketPolicy' &&
  JSON.stringify(statement.Condition) ===
    '{"StringEquals":{"s3:DataAccessPointAccount":{"Ref":"AWS::AccountId"}}}';

const hasWildcard = ({ statement }: Found): boolean =>
  listOf(statement.Resource ?? []).some(resource => textOf(resource).includes('*'));

const nameless = ['dynamodb:ListStreams', 'lambda:ListEventSourceMappings'];

/** Lambda names mappings itself; a condition allows those of functions of integrations alone. */
const isSwitch = ({ statement }: Found): boolean => {
  const condition = (statement.Condition ?? {}) as { ArnLike?: Readonly<Record<string, unknown>> };
  const functions = listOf((condition.ArnLike?.['lambda:FunctionArn'] ?? []) as string).map(textOf);
  return (
    listOf(statement.Action).join() === 'lambda:UpdateEventSourceMapping' &&
    functions.length === 6 &&
    functions.every(fn =>
      /^arn:<ref>:lambda:<ref>:<ref>:function:(lane|drain|feed)-[a-z0-9]+-\*(:live)?$/.test(fn),
    )
  );
};

/** The platform serves all integrations. What their own stacks make, it knows by the pattern of its name. */
const byPattern = [
  /^arn:<ref>:sqs:<ref>:<ref>:edge-[a-z0-9]+-\*-(dead-letters|work|undelivered)$/,
  /^arn:<ref>:lambda:<ref>:<ref>:function:(release|feed)-[a-z0-9]+-\*:live$/,
  /^arn:<ref>:codedeploy:<ref>:<ref>:deploymentgroup:edge-[a-z0-9]+-\*\/edge-[a-z0-9]+-\*$/,
  /^arn:<ref>:ssm:<ref>:<ref>:parameter\/edge\/[a-z0-9]+\/integrations\/\*$/,
  /^arn:<ref>:lambda:<ref>:<ref>:function:(feed|release)-[a-z0-9]+-\*:proof$/,
  /^arn:<ref>:s3:::undelivered-[a-z0-9]+-\*-<ref>-<ref>$/,
  /^arn:<ref>:secretsmanager:<ref>:<ref>:secret:edge\/[a-z0-9]+\/\*-listing-\?{6}$/,
  /^arn:<ref>:execute-api:<ref>:<ref>:<ref>\/\$default\/(GET|POST)\/operate\/[a-z-]+(\/\*){0,2}(\/[a-z]+)?$/,
];
const ofOperator: Readonly<Record<string, RegExp>> = {
  ReadQuarantine: /^<ref>\/\*$/,
  ReadRejects: /^<ref>\/\*\/rejects\/\*$/,
};
/** The reconciler sees every file and answer, and removes parts of quarantined rows. Plans take requests and changes out of quarantine, and undelivered records out of their objects. */
const ofReconcilerAndPlans: Readonly<Record<string, { readonly action: string; readonly at: RegExp }>> = {
  SeeObjects: { action: 's3:GetObject', at: /^<ref>\/\*(\/parts\/\*)?$/ },
  RemoveOrphans: { action: 's3:DeleteObject', at: /^<ref>\/\*\/parts\/\*$/ },
  ReadQuarantined: { action: 's3:GetObject', at: /^<ref>\/\*\.json$/ },
  TakeQuarantined: { action: 's3:DeleteObject', at: /^<ref>\/\*\.json$/ },
  TakeUndelivered: {
    action: 's3:DeleteObject,s3:GetObject,s3:PutObject',
    at: /^arn:<ref>:s3:::undelivered-[a-z0-9]+-\*-<ref>-<ref>\/aws\/lambda\/\*$/,
  },
  WriteTaken: { action: 's3:PutObject', at: /^<ref>\/\*\/taken\/\*$/ },
};

/** To go back to a version: Lambda takes no alias as the resource of these actions. */
const isMove = ({ statement }: Found): boolean =>
  listOf(statement.Action).join() === 'lambda:GetAlias,lambda:ListVersionsByFunction,lambda:UpdateAlias' &&
  listOf(statement.Resource ?? [])
    .map(textOf)
    .every(at =>
      /^arn:<ref>:lambda:<ref>:<ref>:function:(receive|lane|drain|release|feed)-[a-z0-9]+-\*$/.test(at),
    );

/** Objects under a prefix, actions that know no resource, and a key in its own policy (`*` is the key). */
function isNamelessByNature(found: Found): boolean {
  const { type, statement } = found;
  if (isThroughAccessPoint(found) || isSwitch(found) || isMove(found)) return true;
  const resources = listOf(statement.Resource ?? []).map(textOf);
  const actions = listOf(statement.Action);
  if (type === 'AWS::KMS::Key') return resources.every(resource => resource === '*');
  if (actions.every(action => nameless.includes(action))) return resources.every(at => at === '*');
  if (resources.every(resource => byPattern.some(pattern => pattern.test(resource)))) return true;
  const seen = ofReconcilerAndPlans[statement.Sid ?? ''];
  if (seen) return actions.join() === seen.action && resources.every(resource => seen.at.test(resource));
  const own = ofOperator[statement.Sid ?? ''];
  if (statement.Sid === 'SpeakToLanes') return resources.join() === '<ref>/*/proof/*';
  if (own) return actions.join() === 's3:GetObject' && resources.every(resource => own.test(resource));
  return (
    actions.every(action => action.startsWith('s3:')) &&
    resources.every(resource => /^<ref>\/([a-z-]+\/)+\*$/.test(resource))
  );
}
