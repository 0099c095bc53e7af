/** Buckets that can be brought. */
export const broughtBuckets = ['inbound', 'raw', 'rejects', 'quarantine', 'accessLogs'] as const;

export type BroughtBucket = (typeof broughtBuckets)[number];

/** What keys of KMS that are brought encrypt. */
export const broughtKeys = ['data', 'logs', 'secrets', 'alarms'] as const;

export type BroughtKey = (typeof broughtKeys)[number];

/** Where functions run: subnets of one VPC, and security groups that let them out. */
export interface Network {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

/** What exists already in the account, and is used in place of what the stacks would make. docs/deploy.md says what each must be like. */
export interface Brought {
  /** Name of an event bus of the same account and region. */
  readonly bus?: string;
  /** Names of buckets of the same account and region, each for this stage alone. */
  readonly buckets: Readonly<Partial<Record<BroughtBucket, string>>>;
  /** ARNs of symmetric keys of the same region. */
  readonly keys: Readonly<Partial<Record<BroughtKey, string>>>;
  readonly network?: Network;
  /** ARN of the policy that bounds every role. */
  readonly permissionsBoundary?: string;
}

export const nothingBrought: Brought = { buckets: {}, keys: {} };
