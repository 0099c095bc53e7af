import type { Template } from '#infra/templates/template.ts';

/** What a preflight asks of an account. It changes nothing there. */
export interface Account {
  identity(): Promise<Identity>;
  /** Version of the CDK's bootstrap stack. Undefined where there is none. */
  bootstrapVersion(): Promise<number | undefined>;
  /** How many executions functions may have at once, and how many of them no function has reserved. */
  concurrency(): Promise<Concurrency>;
  /** The account's own value of a quota. Undefined where Service Quotas does not tell it. */
  quota(service: string, code: string): Promise<number | undefined>;
  stack(name: string): Promise<DeployedStack | undefined>;
  /** Whether something of this type and name exists. Undefined where the type cannot be asked for by its name. */
  exists(type: string, name: string): Promise<boolean | undefined>;
  /** Properties of something that exists, as its resource type names them. Undefined where it is not in this account and region. */
  properties(type: string, identifier: string): Promise<Properties | undefined>;
}

// biome-ignore lint/suspicious/noExplicitAny: each type has properties of its own.
export type Properties = Readonly<Record<string, any>>;

export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly region: string;
}

export interface Concurrency {
  readonly all: number;
  readonly unreserved: number;
}

export interface DeployedStack {
  /** As CloudFormation writes it, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly template: Template;
  /** Logical ids of the resources that exist. */
  readonly resources: readonly string[];
}
