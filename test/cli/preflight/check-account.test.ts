import type { Account, DeployedStack } from '#cli/preflight/account.ts';
import { checkAccount } from '#cli/preflight/check-account.ts';
import { checkConfig } from '#cli/preflight/check-config.ts';
import { checkTemplates } from '#cli/preflight/check-templates.ts';
import { findingLine } from '#cli/preflight/finding.ts';
import type { EdgeConfig } from '#infra/edge-config.ts';
import type { StackTemplate, Template } from '#infra/templates/template.ts';
import { feedContracts } from '../../infra/fixtures/feeds.ts';

const template: Template = {
  Resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'edge-prod' }, DeletionPolicy: 'Retain' },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'edge/prod/pay-hooks' } },
    Receive: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 50 } },
    Role: { Type: 'AWS::IAM::Role', Properties: { Description: 'new' } },
  },
};
const stacks: readonly StackTemplate[] = [{ name: 'EdgeFence-pay-hooks-prod', template }];

interface World {
  readonly version?: number | undefined;
  readonly unreserved?: number;
  readonly stack?: DeployedStack;
  readonly existing?: readonly string[];
}

const accountWith = ({ version = 21, unreserved = 1_000, stack, existing = [] }: World): Account => ({
  identity: async () => ({
    account: '111122223333',
    arn: 'arn:aws:iam::111122223333:role/deployer',
    region: 'eu-central-1',
  }),
  bootstrapVersion: async () => version,
  concurrency: async () => ({ all: 1_000, unreserved }),
  quota: async (_, code) => (code === 'L-FE177D64' ? 0 : undefined),
  stack: async () => stack,
  exists: async (_, name) => existing.includes(name),
  properties: async () => undefined,
});

const linesOf = async (world: World) =>
  (await checkAccount(accountWith(world), { stacks, bootstrapVersionMin: 8 })).map(findingLine);

describe('before a deployment begins, an account is asked', () => {
  it('who deploys where, and what is new', async () => {
    expect(await linesOf({})).toEqual([
      'ok      account 111122223333, region eu-central-1, as arn:aws:iam::111122223333:role/deployer',
      'ok      bootstrapped, version 21',
      'ok      functions reserve 50 more of the 1000 free executions',
      'PROBLEM IAM: roles: 1 are needed, the quota is 0. Ask AWS to raise it.',
      'ok      2 new names are free',
      'note    EdgeFence-pay-hooks-prod is new, with 4 resources',
    ]);
  });

  it('whether it is bootstrapped', async () => {
    expect(await checkedWith({ ...accountWith({}), bootstrapVersion: async () => undefined })).toContain(
      'PROBLEM The region is not bootstrapped. Run: npx --no-install cdk bootstrap aws://111122223333/eu-central-1',
    );
    expect(await linesOf({ version: 6 })).toContain(
      'PROBLEM The bootstrap stack has version 6; 8 is needed. Run: npx --no-install cdk bootstrap aws://111122223333/eu-central-1',
    );
  });

  it('whether its functions may run at once as often as contracts say', async () => {
    const [line] = (await linesOf({ unreserved: 10 })).filter(text => text.includes('Concurrent executions'));
    expect(line).toContain("10 of the account's 1000 are free");
    expect(line).toContain('to 1140');
  });

  it('whether a name is left from a deployment that was deleted', async () => {
    const lines = await linesOf({ existing: ['edge-prod', 'edge/prod/pay-hooks'] });
    expect(lines.filter(line => line.includes('exists already'))).toEqual([
      'PROBLEM EdgeFence-pay-hooks-prod: AWS::Events::EventBus edge-prod exists already. If an earlier deployment left it, take it over: npm run deploy -- … --import-existing-resources',
      'PROBLEM EdgeFence-pay-hooks-prod: the secret edge/prod/pay-hooks exists already, or waits for its deletion. Name its ARN in `secrets` of edge.config.ts to use it.',
    ]);
  });

  it('what its stacks would lose, and whose permissions would change', async () => {
    const { Bus: _, ...others } = template.Resources ?? {};
    const before = {
      ...others,
      Role: { Type: 'AWS::IAM::Role', Properties: {} },
      Old: { Type: 'AWS::S3::Bucket' },
    };
    const lines = await linesOf({
      stack: {
        status: 'UPDATE_COMPLETE',
        template: { Resources: before },
        resources: ['Secret', 'Receive', 'Role', 'Old'],
      },
      existing: ['edge/prod/pay-hooks'],
    });
    expect(lines.slice(-3)).toEqual([
      'note    EdgeFence-pay-hooks-prod: 1 resources are added, 1 changed, 1 removed',
      'note    EdgeFence-pay-hooks-prod: AWS::IAM::Role Role is changed',
      'note    EdgeFence-pay-hooks-prod: AWS::S3::Bucket Old is removed',
    ]);
    expect(lines.filter(line => line.includes('exists already'))).toEqual([]);
  });

  it.each([
    ['ROLLBACK_COMPLETE', 'delete-stack'],
    ['UPDATE_ROLLBACK_FAILED', 'describe-stack-events'],
    ['UPDATE_IN_PROGRESS', 'Wait until that is done.'],
  ])('whether a stack is stuck in %s', async (status, words) => {
    const stack = { status, template, resources: Object.keys(template.Resources ?? {}) };
    expect((await linesOf({ stack })).find(line => line.includes(status))).toContain(words);
  });
});

test('a feed needs the cluster that it reads, and a table in place of the one for trial', () => {
  const told = (config: EdgeConfig) => checkConfig('prod', config, feedContracts).map(findingLine);
  expect(told({})).toEqual([
    'note    Nobody is called by alarms. Name people in alarmsTo.prod of edge.config.ts.',
    "note    depot-shelves reads an empty table for trial. Name the real table's stream in sources.prod.depot-shelves.",
    'PROBLEM depot-topics needs the ARN of its MSK cluster. Write it into sources.prod.depot-topics of edge.config.ts.',
  ]);
  const sources = { prod: { 'depot-shelves': 'arn:…', 'depot-topics': 'arn:…' } };
  expect(told({ sources, alarmsTo: { prod: ['mailto:on-call@example.com'] } })).toEqual([
    'ok      alarms call 1 addresses',
  ]);
});

test('two stacks that make one name are found without an account', () => {
  const both = [...stacks, { name: 'EdgeFence-other-prod', template }];
  expect(checkTemplates(both).map(findingLine)).toContain(
    'PROBLEM AWS::Events::EventBus edge-prod is in EdgeFence-pay-hooks-prod and in EdgeFence-other-prod. Give one of the integrations another id.',
  );
});

const checkedWith = async (account: Account) =>
  (await checkAccount(account, { stacks, bootstrapVersionMin: 8 })).map(findingLine);
