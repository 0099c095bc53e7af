import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inertSummary } from '#local/inert-summary.ts';
import { startLocalCloud } from '#local/start-local-cloud.ts';
import {
  laneStack,
  roleThatMay,
  scheduleRole,
  stateDirectory,
  type TestStack,
  writeAssembly,
} from './support/assembly.ts';

const bundle = { acme: 'export const handler = async () => null;' };
const state = stateDirectory();
afterAll(() => state.remove());

const start = (stacks: Record<string, TestStack>) =>
  startLocalCloud({ assemblyDir: writeAssembly(stacks, bundle), stateDir: state.path });

const one = (Type: string, Properties: object): Record<string, TestStack> => ({
  other: { Resources: { Thing: { Type, Properties } } },
});

const rule = (more: object) =>
  one('AWS::Events::Rule', { EventPattern: { source: ['x'] }, Targets: [], ...more });

const schedule = (target: object, more: object = {}): Record<string, TestStack> => ({
  other: {
    Resources: {
      Role: scheduleRole('sqs:SendMessage'),
      Untrusted: roleThatMay({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }),
      Thing: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'rate(1 day)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: 'arn:aws:sqs:eu-central-1:000000000000:x',
            RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Input: '{}',
            ...target,
          },
          ...more,
        },
      },
    },
  },
});

describe('refuses', () => {
  test.each<[string, Record<string, TestStack>, string]>([
    [
      'a type',
      one('AWS::StepFunctions::StateMachine', {}),
      'other/Thing: AWS::StepFunctions::StateMachine is not served',
    ],
    [
      'a property',
      one('AWS::SQS::Queue', { Surprise: 1 }),
      'other/Thing: AWS::SQS::Queue Surprise is not served',
    ],
    [
      'a part of a property',
      one('AWS::S3::Bucket', { NotificationConfiguration: { QueueConfigurations: [] } }),
      'AWS::S3::Bucket NotificationConfiguration.QueueConfigurations is not served',
    ],
    [
      'a target',
      rule({ Targets: [{ Id: 'a', Arn: 'arn:aws:states:eu-central-1:0:stateMachine:x' }] }),
      'target arn:aws:states:eu-central-1:0:stateMachine:x is not served',
    ],
    [
      'an option of a target',
      rule({ Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:eu-central-1:0:x', EcsParameters: {} }] }),
      'EcsParameters',
    ],
    [
      'a schedule of a rule',
      one('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' }),
      'ScheduleExpression is not served',
    ],
    ['a schedule without input', schedule({ Input: undefined }), 'only schedules with an Input are served'],
    [
      'a schedule that AWS cannot read',
      schedule({}, { ScheduleExpression: 'rate(a day)' }),
      'other/Thing: rate(a day) is not like rate(15 minutes)',
    ],
    [
      'a schedule whose role it may not take',
      schedule({ RoleArn: { 'Fn::GetAtt': ['Untrusted', 'Arn'] } }),
      'must allow AWS EventBridge Scheduler to assume the role',
    ],
    [
      'a schedule whose role may not call its target',
      schedule({ Arn: 'arn:aws:lambda:eu-central-1:000000000000:function:x' }),
      'not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-central-1:000000000000:function:x',
    ],
    [
      'a target of a schedule',
      schedule({ Arn: 'arn:aws:scheduler:::aws-sdk:sqs:purgeQueue' }),
      'target arn:aws:scheduler:::aws-sdk:sqs:purgeQueue is not served',
    ],
    [
      'a bad pattern',
      rule({ EventPattern: { source: [{ like: 'x' }] } }),
      'other/Thing: source: unknown comparison like',
    ],
    [
      'an unknown function',
      one('AWS::SQS::Queue', { QueueName: { 'Fn::Cidr': [] } }),
      'Fn::Cidr is not served',
    ],
    [
      'an unknown export',
      one('AWS::SQS::Queue', { QueueName: { 'Fn::ImportValue': 'x' } }),
      'no stack exports x',
    ],
    [
      'an unknown reference',
      one('AWS::SQS::Queue', { QueueName: { Ref: 'Nobody' } }),
      'nothing is called Nobody',
    ],
    [
      'an event source',
      { acme: laneStack('acme', { mapping: { EventSourceArn: 'arn:aws:mq:x:0:y' } }) },
      'event source mq is not served',
    ],
    [
      'a handler without a bundle',
      { acme: laneStack('acme', { fn: { Handler: 'main.handler' } }) },
      'no bundle',
    ],
  ])('%s', async (_, stacks, message) => {
    await expect(start(stacks)).rejects.toThrow(message);
    expect(existsSync(join(state.path, 'cloud.json'))).toBe(false);
  });
});

test('names all that is not served at once', async () => {
  const stacks = { ...one('AWS::C::D', {}), more: { Resources: { First: { Type: 'AWS::A::B' } } } };
  await expect(start(stacks)).rejects.toThrow(/AWS::C::D is not served.*\n.*AWS::A::B is not served/);
});

test('tells what is left out, and why', async () => {
  const cloud = await start(one('AWS::S3::BucketPolicy', {}));
  await cloud.stop();
  expect(cloud.inert).toContainEqual({
    what: 'AWS::S3::BucketPolicy',
    reason:
      'only what roles may do is enforced; the policies of resources are for other accounts and services',
  });
  expect(inertSummary(cloud.inert)).toContain(
    'the policies of resources are for other accounts and services: S3 BucketPolicy',
  );
});

test.each([
  ['a process that is gone', 2 ** 30],
  ['a process that is no cloud', process.pid],
])('takes the place of %s', async (_, pid) => {
  const nobody = 'http://127.0.0.1:9';
  writeFileSync(join(state.path, 'cloud.json'), JSON.stringify({ pid, endpoints: { console: nobody } }));
  const cloud = await start({});
  expect(JSON.parse(readFileSync(join(state.path, 'cloud.json'), 'utf8'))).toEqual(cloud.description);
  await cloud.stop();
  await cloud.stop();
  expect(existsSync(join(state.path, 'cloud.json'))).toBe(false);
});

test('empties what an earlier cloud left', async () => {
  mkdirSync(join(state.path, 'state'), { recursive: true });
  writeFileSync(join(state.path, 'state', 'old'), '');
  const cloud = await start({});
  expect(existsSync(join(state.path, 'state', 'old'))).toBe(false);
  await cloud.stop();
});

test('takes only the stacks that the app still has, whatever an earlier synthesis left behind', async () => {
  const assemblyDir = writeAssembly({});
  const gone = { Resources: { Thing: { Type: 'AWS::StepFunctions::StateMachine' } } };
  writeFileSync(join(assemblyDir, 'gone.template.json'), JSON.stringify(gone));
  const cloud = await startLocalCloud({ assemblyDir, stateDir: state.path });
  await cloud.stop();
});

test('says what to do when nothing was synthesised', async () => {
  const nothing = startLocalCloud({ assemblyDir: state.path, stateDir: state.path });
  await expect(nothing).rejects.toThrow('run npm run synth first');
});
