import { type Brought, broughtBuckets, broughtKeys, type Network } from './brought.ts';

const options = ['bus', 'buckets', 'keys', 'network', 'permissionsBoundary'];

/** Why some things that the platform makes cannot be had. */
const refused: Readonly<Record<string, string>> = {
  'buckets.audit':
    'the audit bucket cannot be brought: its lock and its policy are what proves that nothing was changed, so the platform makes both',
  'buckets.busLog':
    'the bucket of the bus log cannot be brought: its policy, by which Firehose alone writes, is what the auditor relies on',
  'keys.audit':
    'the key that signs the audit trail cannot be brought: its policy, by which one function alone signs, is what the signature proves',
};

/** Lambda takes so many. Source: Lambda API reference, VpcConfig. */
const [subnetsMax, securityGroupsMax] = [16, 5];

/** What is wrong with what is brought to one stage; `at` names the place in the configuration. */
export const broughtProblems = (at: string, brought: Partial<Brought>): readonly string[] => [
  ...unknownIn(at, '', brought, options),
  ...unknownIn(at, 'buckets.', brought.buckets ?? {}, broughtBuckets),
  ...unknownIn(at, 'keys.', brought.keys ?? {}, broughtKeys),
  ...misnamed(
    `${at}.bus`,
    brought.bus,
    /^(?!aws\.)(?!default$)[\w./-]{1,256}$/,
    'is no name of an event bus of your own',
  ),
  ...Object.entries(brought.buckets ?? {}).flatMap(([name, bucket]) =>
    misnamed(`${at}.buckets.${name}`, bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no name of a bucket'),
  ),
  ...repeated(`${at}.buckets`, Object.values(brought.buckets ?? {})),
  ...Object.entries(brought.keys ?? {}).flatMap(([name, arn]) =>
    misnamed(
      `${at}.keys.${name}`,
      arn,
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
      'is no ARN of a key; an alias does not do',
    ),
  ),
  ...misnamed(
    `${at}.permissionsBoundary`,
    brought.permissionsBoundary,
    /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    'is no ARN of a managed policy',
  ),
  ...(brought.network ? networkProblems(`${at}.network`, brought.network) : []),
];

function unknownIn(at: string, within: string, given: object, known: readonly string[]): readonly string[] {
  return Object.keys(given)
    .filter(name => !known.includes(name))
    .map(
      name =>
        `${at}: ${refused[within + name] ?? `unknown option "${within}${name}"; there are ${known.join(', ')}`}`,
    );
}

const misnamed = (at: string, value: string | undefined, form: RegExp, words: string): readonly string[] =>
  value === undefined || form.test(value) ? [] : [`${at}: "${value}" ${words}`];

const repeated = (at: string, names: readonly string[]): readonly string[] =>
  names
    .filter((name, n) => names.indexOf(name) !== n)
    .map(name => `${at}: "${name}" is named twice; what is kept in each expires by rules of its own`);

const networkProblems = (
  at: string,
  { subnets = [], securityGroups = [] }: Partial<Network>,
): readonly string[] => [
  ...counted(`${at}.subnets`, subnets, subnetsMax),
  ...counted(`${at}.securityGroups`, securityGroups, securityGroupsMax),
  ...subnets.flatMap(id => misnamed(`${at}.subnets`, id, /^subnet-[0-9a-f]+$/, 'is no id of a subnet')),
  ...securityGroups.flatMap(id =>
    misnamed(`${at}.securityGroups`, id, /^sg-[0-9a-f]+$/, 'is no id of a security group'),
  ),
];

const counted = (at: string, ids: readonly string[], most: number): readonly string[] =>
  ids.length >= 1 && ids.length <= most ? [] : [`${at}: name 1 to ${most}; there are ${ids.length}`];
