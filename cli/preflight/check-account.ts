import { limitsOf, reservedIn } from '#infra/templates/account-limits.ts';
import { physicalNames } from '#infra/templates/physical-names.ts';
import type { StackTemplate } from '#infra/templates/template.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Account, DeployedStack, Identity } from './account.ts';
import { changeLines } from './changes.ts';
import { type Finding, notice, ok, problem } from './finding.ts';

/** Lambda leaves at least so many executions to functions that reserve none. Source: Lambda developer guide, reserved concurrency. */
const unreservedMin = 100;

/** Enough to be quick, and below what the slowest of the APIs takes. */
const callsAtOnce = 5;

export interface Deployment {
  readonly stacks: readonly StackTemplate[];
  /** Of the CDK's bootstrap stack, the oldest version that takes these stacks. */
  readonly bootstrapVersionMin: number;
}

/** Everything that an account can tell before a deployment begins. */
export async function checkAccount(account: Account, deployment: Deployment): Promise<readonly Finding[]> {
  const identity = await account.identity();
  const { stacks } = deployment;
  const deployed = new Map(
    await inParallel(stacks, callsAtOnce, async ({ name }) => [name, await account.stack(name)] as const),
  );
  return [
    ok(`account ${identity.account}, region ${identity.region}, as ${identity.arn}`),
    await bootstrap(account, deployment, identity),
    ...[...deployed].flatMap(([name, stack]) => statusOf(name, stack)),
    await concurrency(account, stacks, [...deployed.values()]),
    ...(await quotas(account, stacks)),
    ...(await names(account, { stacks, identity, deployed })),
    ...stacks.flatMap(stack => changeLines(stack, deployed.get(stack.name)?.template)).map(notice),
  ];
}

async function bootstrap(
  account: Account,
  { bootstrapVersionMin }: Deployment,
  { account: id, region }: Identity,
): Promise<Finding> {
  const version = await account.bootstrapVersion();
  const command = `npx --no-install cdk bootstrap aws://${id}/${region}`;
  if (version === undefined) return problem(`The region is not bootstrapped. Run: ${command}`);
  return version < bootstrapVersionMin
    ? problem(`The bootstrap stack has version ${version}; ${bootstrapVersionMin} is needed. Run: ${command}`)
    : ok(`bootstrapped, version ${version}`);
}

function statusOf(name: string, stack: DeployedStack | undefined): readonly Finding[] {
  if (stack === undefined) return [];
  const { status } = stack;
  if (status.endsWith('_IN_PROGRESS')) return [problem(`${name} is ${status}. Wait until that is done.`)];
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED')
    return [
      problem(
        `${name} is ${status}: its first deployment failed. Delete it: aws cloudformation delete-stack --stack-name ${name}`,
      ),
    ];
  return status.endsWith('_FAILED')
    ? [
        problem(
          `${name} is ${status}. Its events say why: aws cloudformation describe-stack-events --stack-name ${name}`,
        ),
      ]
    : [];
}

/** What is deployed has its part of the reserved already. */
async function concurrency(
  account: Account,
  stacks: readonly StackTemplate[],
  deployed: readonly (DeployedStack | undefined)[],
): Promise<Finding> {
  const { all, unreserved } = await account.concurrency();
  const had = reservedIn(deployed.flatMap(stack => (stack ? [{ name: '', template: stack.template }] : [])));
  const more = reservedIn(stacks) - had;
  return unreserved - more < unreservedMin
    ? problem(
        `Functions reserve ${more} more executions at once. ${unreserved} of the account's ${all} are free, of which Lambda keeps ${unreservedMin}. Raise the quota "Concurrent executions" (Lambda, L-B99A9384) to ${all + more + unreservedMin - unreserved}, or name lower values of maxConcurrency in contracts.`,
      )
    : ok(`functions reserve ${more} more of the ${unreserved} free executions`);
}

async function quotas(account: Account, stacks: readonly StackTemplate[]): Promise<readonly Finding[]> {
  const adjustable = limitsOf(stacks).filter(({ adjustable }) => adjustable);
  const found = await inParallel(adjustable, callsAtOnce, async limit => {
    const own = limit.quota && (await account.quota(...limit.quota));
    return limit.used > (own ?? limit.most)
      ? [
          problem(
            `${limit.what}: ${limit.used} are needed, the quota is ${own ?? limit.most}. Ask AWS to raise it.`,
          ),
        ]
      : [];
  });
  const problems = found.flat();
  return problems.length > 0 ? problems : [ok(`${adjustable.length} quotas are large enough`)];
}

interface NamesAsked {
  readonly stacks: readonly StackTemplate[];
  readonly identity: Identity;
  readonly deployed: ReadonlyMap<string, DeployedStack | undefined>;
}

/** A name that exists outside the stack that is to make it: left by a deployment that was deleted, or somebody else's. */
async function names(
  account: Account,
  { stacks, identity, deployed }: NamesAsked,
): Promise<readonly Finding[]> {
  const pseudo = { 'AWS::AccountId': identity.account, 'AWS::Region': identity.region };
  const made = physicalNames(stacks, pseudo).filter(
    ({ stack, logicalId }) => !deployed.get(stack)?.resources.includes(logicalId),
  );
  const found = await inParallel(made, callsAtOnce, async ({ stack, type, name }) =>
    (await account.exists(type, name)) ? [taken(stack, type, name)] : [],
  );
  const problems = found.flat();
  return problems.length > 0 ? problems : [ok(`${made.length} new names are free`)];
}

const taken = (stack: string, type: string, name: string): Finding =>
  problem(
    type === 'AWS::SecretsManager::Secret'
      ? `${stack}: the secret ${name} exists already, or waits for its deletion. Name its ARN in \`secrets\` of edge.config.ts to use it.`
      : `${stack}: ${type} ${name} exists already. If an earlier deployment left it, take it over: npm run deploy -- … --import-existing-resources`,
  );
