import { consumersMax } from '#operate/core/proof/receipt-counter.ts';
import type { Brought } from './brought/brought.ts';
import { broughtProblems } from './brought/brought-problems.ts';
import { tagProblems } from './tag-problems.ts';

/** What an account needs to know that no contract says. The values are in `edge.config.ts`. */
export interface EdgeConfig {
  /**
   * Address under which the folder `docs/` of this repository can be read, with a slash at its end, such as
   * `https://git.example.com/edge/blob/main/docs/`. Alarms name their runbooks by it; without it, by path.
   */
  readonly docsAt?: string;
  /** Who is called by alarms, by stage: `mailto:on-call@example.com`, or `https://…` of a paging service. */
  readonly alarmsTo?: Readonly<Record<string, readonly string[]>>;
  /** Stages that have an SFTP server, for the lanes whose contract has `via: ['sftp']`. */
  readonly sftp?: readonly string[];
  /**
   * Users and roles of partners' own accounts that may drop and fetch by S3, by stage and lane:
   * `{ prod: { 'acme-orders': ['arn:aws:iam::111122223333:role/drop'] } }`.
   */
  readonly partners?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Stages whose webhooks come to a domain of your own: the generated addresses are closed there. */
  readonly ownDomain?: readonly string[];
  /**
   * Days for which the audit trail cannot be changed, by stage. Default: 400 in `prod`, where nobody can shorten them for what is
   * written, and 1 elsewhere.
   */
  readonly auditDays?: Readonly<Record<string, number>>;
  /**
   * Queues of consumers to which operators may replay events, by stage and name. They are in the same account and region:
   * `{ prod: { billing: 'arn:aws:sqs:eu-central-1:111122223333:billing-events' } }`.
   */
  readonly consumers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * What feeds read that another stack owns, by stage and feed: the ARN of a DynamoDB table's stream, or of an MSK cluster:
   * `{ prod: { 'loyalty-members': 'arn:aws:dynamodb:eu-central-1:111122223333:table/loyalty/stream/2026-01-01T00:00:00.000' } }`.
   */
  readonly sources?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Secrets that exist already, by stage and integration. Their stacks then make none:
   * `{ prod: { 'stripe-payments': 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:edge/prod/stripe-payments-AbCdEf' } }`.
   */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Tables that were restored under another name, by stage: the ARN of each one's stream:
   * `{ prod: { ledger: 'arn:aws:dynamodb:eu-central-1:111122223333:table/edge-ledger-restored/stream/2026-01-01T00:00:00.000' } }`.
   */
  readonly restored?: Readonly<Record<string, Readonly<Partial<Record<RestoredTable, string>>>>>;
  /**
   * Buckets in another region, to which objects are copied as they are written, by stage:
   * `{ prod: { raw: 'arn:aws:s3:::example-edge-raw', audit: 'arn:aws:s3:::example-edge-audit' } }`. Default: none.
   */
  readonly replicas?: Readonly<Record<string, Readonly<Partial<Record<ReplicatedBucket, string>>>>>;
  /** Nightly backups of the tables, by stage: `{ prod: { days: 90 } }`. Default: none; tables can be restored to any second of 35 days. */
  readonly backups?: Readonly<Record<string, Backups>>;
  /**
   * Consumers that report the events which they have done their work for, by stage and name, with the types of events that each takes:
   * `{ prod: { billing: ['orders.order.created.v1'] } }`. See docs/guides/consume-events.md.
   */
  readonly receipts?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Stages whose lanes and fences are deployed as a canary, so that a bad version is taken back by alarms. Default: `['prod']`. */
  readonly canary?: readonly string[];
  /** Stages whose functions write X-Ray traces, at up to 5.00 a million invocations. Default: none. */
  readonly traces?: readonly string[];
  /** Stages that have a dashboard for each domain, at 3.00 a month each. Default: none. */
  readonly dashboards?: readonly string[];
  /** A word that all names begin with, by stage, such as `{ prod: 'acme' }`: then the bus is `acme-edge-prod`. */
  readonly namePrefix?: Readonly<Record<string, string>>;
  /** Tags of all resources, by stage: `{ prod: { 'cost-center': '4711' } }`. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What exists already and is used in place of what the stacks would make, by stage: bus, buckets, keys, network, permissions boundary. */
  readonly bring?: Readonly<Record<string, Partial<Brought>>>;
}

export interface Backups {
  /** For which each is kept. */
  readonly days: number;
  /** ARN of a backup vault in another region, which gets a copy of each. */
  readonly copyTo?: string;
}

const restorable = ['ledger', 'claims', 'operate'] as const;
export type RestoredTable = (typeof restorable)[number];

const replicable = ['inbound', 'raw', 'audit'] as const;
export type ReplicatedBucket = (typeof replicable)[number];

/** S3 takes at most so many for a retention. */
const auditDaysMax = 36_500;

const options: readonly string[] = [
  'docsAt',
  'alarmsTo',
  'sftp',
  'partners',
  'ownDomain',
  'auditDays',
  'consumers',
  'receipts',
  'sources',
  'secrets',
  'restored',
  'replicas',
  'backups',
  'canary',
  'traces',
  'dashboards',
  'namePrefix',
  'tags',
  'bring',
] satisfies readonly (keyof EdgeConfig)[];

/** @throws Error naming what is wrong: an unknown option, or an address or ARN that is none. */
export function defineEdgeConfig(config: EdgeConfig): EdgeConfig {
  const problem = problemsOf(config).find(text => text !== undefined);
  if (problem) throw new Error(`edge.config.ts: ${problem}`);
  return config;
}

const problemsOf = (config: EdgeConfig): readonly (string | undefined)[] => [
  ...Object.keys(config)
    .filter(name => !options.includes(name))
    .map(name => `unknown option "${name}"; there are ${options.join(', ')}`),
  config.docsAt !== undefined && !/^https:\/\/.+\/$/.test(config.docsAt)
    ? `docsAt "${config.docsAt}" must begin with https:// and end with /`
    : undefined,
  ...Object.entries(config.alarmsTo ?? {}).flatMap(([stage, addresses]) =>
    addresses.filter(isNoAddress).map(it => `alarmsTo.${stage}: "${it}" must begin with mailto: or https://`),
  ),
  ...Object.entries(config.partners ?? {}).flatMap(([stage, lanes]) =>
    Object.entries(lanes).flatMap(([lane, arns]) =>
      arns
        .filter(isNoPrincipal)
        .map(arn => `partners.${stage}.${lane}: "${arn}" is no ARN of a user, a role or an account`),
    ),
  ),
  ...Object.entries(config.consumers ?? {}).flatMap(([stage, queues]) =>
    Object.entries(queues)
      .filter(([, arn]) => isNoQueue(arn))
      .map(([name, arn]) => `consumers.${stage}.${name}: "${arn}" is no ARN of a standard queue`),
  ),
  ...Object.entries(config.sources ?? {}).flatMap(([stage, feeds]) =>
    Object.entries(feeds)
      .filter(([, arn]) => isNoSource(arn))
      .map(
        ([feed, arn]) =>
          `sources.${stage}.${feed}: "${arn}" is no ARN of a DynamoDB table's stream or of an MSK cluster`,
      ),
  ),
  ...Object.entries(config.secrets ?? {}).flatMap(([stage, integrations]) =>
    Object.entries(integrations)
      .filter(([, arn]) => isNoSecret(arn))
      .map(([id, arn]) => `secrets.${stage}.${id}: "${arn}" is no complete ARN of a secret`),
  ),
  ...wrongArns(config, 'restored', { known: restorable, isRight: isTableStream, what: 'a table’s stream' }),
  ...wrongArns(config, 'replicas', { known: replicable, isRight: isBucket, what: 'a bucket' }),
  ...Object.entries(config.backups ?? {}).flatMap(([stage, { days, copyTo }]) => [
    Number.isInteger(days) && days >= 1
      ? undefined
      : `backups.${stage}.days: ${days} is no whole number from 1`,
    copyTo === undefined || isVault(copyTo)
      ? undefined
      : `backups.${stage}.copyTo: "${copyTo}" is no ARN of a backup vault`,
  ]),
  ...Object.entries(config.receipts ?? {}).flatMap(([stage, consumers]) => [
    Object.keys(consumers).length > consumersMax
      ? `receipts.${stage}: at most ${consumersMax} consumers can report`
      : undefined,
    ...Object.entries(consumers)
      .filter(([name, types]) => !/^[a-z][a-z0-9-]{0,39}$/.test(name) || types.length === 0)
      .map(
        ([name]) =>
          `receipts.${stage}.${name}: a consumer has a name of lower-case letters, digits and hyphens, and at least one type of events`,
      ),
  ]),
  ...Object.entries(config.namePrefix ?? {})
    .filter(([, word]) => !/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(word) || word === 'aws')
    .map(
      ([stage, word]) =>
        `namePrefix.${stage}: "${word}" must be lower-case letters, digits and hyphens, beginning with a letter; a hyphen follows it in names`,
    ),
  ...Object.entries(config.tags ?? {}).flatMap(([stage, tags]) => tagProblems(`tags.${stage}`, tags)),
  ...Object.entries(config.bring ?? {}).flatMap(([stage, brought]) =>
    broughtProblems(`bring.${stage}`, brought),
  ),
  ...Object.entries(config.auditDays ?? {})
    .filter(([, days]) => !Number.isInteger(days) || days < 1 || days > auditDaysMax)
    .map(([stage, days]) => `auditDays.${stage}: ${days} is no whole number from 1 to ${auditDaysMax}`),
];

interface NamedArns {
  readonly known: readonly string[];
  readonly isRight: (arn: string) => boolean;
  /** What the ARNs are of. */
  readonly what: string;
}

const wrongArns = (
  config: EdgeConfig,
  option: 'restored' | 'replicas',
  { known, isRight, what }: NamedArns,
): readonly (string | undefined)[] =>
  Object.entries(config[option] ?? {}).flatMap(([stage, arns]) =>
    Object.entries<string>(arns).map(([name, arn]) => {
      if (!known.includes(name))
        return `${option}.${stage}: there is no "${name}"; there are ${known.join(', ')}`;
      return isRight(arn) ? undefined : `${option}.${stage}.${name}: "${arn}" is no ARN of ${what}`;
    }),
  );

const isTableStream = (text: string): boolean =>
  /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+\/stream\/[\w:.-]+$/.test(text);

const isBucket = (text: string): boolean => /^arn:aws[a-z-]*:s3:::[a-z0-9.-]{3,63}$/.test(text);

const isVault = (text: string): boolean =>
  /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]{2,50}$/.test(text);

const isNoQueue = (text: string): boolean => !/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]+$/.test(text);

const isNoSource = (text: string): boolean =>
  !/^arn:aws[a-z-]*:(dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+\/stream\/.+|kafka:[a-z0-9-]+:\d{12}:cluster\/[^/]+\/.+)$/.test(
    text,
  );

/** With the six characters that Secrets Manager adds to the name. */
const isNoSecret = (text: string): boolean =>
  !/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/.test(text);

const isNoAddress = (text: string): boolean => !/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(text);

const isNoPrincipal = (text: string): boolean =>
  !/^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/.test(text);
