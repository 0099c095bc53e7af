import type { EdgeConfig } from '#infra/edge-config.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Account, Identity, Properties } from './account.ts';
import { bucketFindings } from './brought-bucket.ts';
import { keyFindings } from './brought-key.ts';
import { networkFindings } from './brought-network.ts';
import { type Finding, ok, problem } from './finding.ts';

const callsAtOnce = 5;

/** One thing that a stage brings: where it is looked up, and what it must be like. */
interface Lookup {
  /** Place in edge.config.ts. */
  readonly at: string;
  readonly type: string;
  readonly identifier: string;
  readonly findings: (properties: Properties) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** Whether what `bring` of edge.config.ts names exists, and is as the stacks need it. */
export async function checkBrought(
  account: Account,
  stage: string,
  config: EdgeConfig,
): Promise<readonly Finding[]> {
  const brought = config.bring?.[stage];
  if (brought === undefined) return [];
  const identity = await account.identity();
  const at = `bring.${stage}`;
  const [foreign, own] = keysOf(brought.keys ?? {}, identity);
  const lookups: readonly Lookup[] = [
    ...(brought.bus === undefined ? [] : [thing(`${at}.bus`, 'AWS::Events::EventBus', brought.bus)]),
    ...Object.entries(brought.buckets ?? {}).map(([name, bucket]) => ({
      ...thing(`${at}.buckets.${name}`, 'AWS::S3::Bucket', bucket),
      findings: (properties: Properties) =>
        bucketFindings(
          account,
          {
            ...{ at: `${at}.buckets.${name}`, name, bucket },
            hasPartners: hasPartners(config, stage),
            hasDataKey: brought.keys?.data !== undefined,
          },
          properties,
        ),
    })),
    ...own.map(([name, arn]) => ({
      ...thing(`${at}.keys.${name}`, 'AWS::KMS::Key', arn.slice(arn.indexOf('/') + 1)),
      findings: (properties: Properties) => keyFindings(`${at}.keys.${name}`, name, properties),
    })),
    ...(brought.permissionsBoundary === undefined
      ? []
      : [thing(`${at}.permissionsBoundary`, 'AWS::IAM::ManagedPolicy', brought.permissionsBoundary)]),
  ];
  const found = await inParallel(lookups, callsAtOnce, lookup => findingsOf(account, lookup));
  return [
    ...foreign.map(([name, arn]) => elsewhere(`${at}.keys.${name}`, arn, identity)),
    ...found.flat(),
    ...(brought.network ? await networkFindings(account, `${at}.network`, brought.network) : []),
  ];
}

const thing = (at: string, type: string, identifier: string): Lookup => ({
  ...{ at, type, identifier },
  findings: () => [],
});

async function findingsOf(
  account: Account,
  { at, type, identifier, findings }: Lookup,
): Promise<readonly Finding[]> {
  const properties = await account.properties(type, identifier);
  if (properties === undefined)
    return [
      problem(
        `${at}: ${type} ${identifier} is not in this account and region. Make it, or correct the name.`,
      ),
    ];
  const found = await findings(properties);
  return found.length > 0 ? found : [ok(`${at}: ${identifier} is there`)];
}

type NamedKeys = readonly (readonly [name: string, arn: string])[];

/** Those of other accounts or regions, and those that can be looked at. */
function keysOf(
  keys: Readonly<Record<string, string>>,
  { account, region }: Identity,
): readonly [foreign: NamedKeys, own: NamedKeys] {
  const all = Object.entries(keys);
  const isOwn = (arn: string) => arn.includes(`:kms:${region}:${account}:`);
  return [all.filter(([, arn]) => !isOwn(arn)), all.filter(([, arn]) => isOwn(arn))];
}

function elsewhere(at: string, arn: string, { region }: Identity): Finding {
  return arn.includes(`:kms:${region}:`)
    ? { level: 'notice', text: `${at}: ${arn} is of another account and cannot be looked at from here.` }
    : problem(`${at}: ${arn} is of another region. Name a key of ${region}.`);
}

const hasPartners = ({ partners }: EdgeConfig, stage: string): boolean =>
  Object.values(partners?.[stage] ?? {}).some(arns => arns.length > 0);
