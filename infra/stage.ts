import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { EdgeConfig } from './edge-config.ts';

/** One instance of the suite. Several may stand side by side in one account and region. */
export interface Stage {
  readonly name: string;
  /** `prod` keeps its data when a stack goes; every other stage takes it along. */
  readonly removalPolicy: RemovalPolicy;
  /** Whether stacks and tables refuse to be deleted. */
  readonly protected: boolean;
  readonly logRetention: RetentionDays;
  /** Whether partners may come by SFTP: one Transfer Family server, priced by the hour. */
  readonly sftp: boolean;
  /** Who is called by alarms: `mailto:` and `https:` addresses. */
  readonly alarmsTo: readonly string[];
  /** Whether functions write X-Ray traces. */
  readonly traces: boolean;
  /** Where the folder `docs/` can be read. */
  readonly docsAt: string | undefined;
}

const stageName = /^[a-z][a-z0-9]{0,11}$/;

/** Reads context `stage` (default `dev`) and `sftp` (default false). @throws Error on a name that does not fit resource names. */
export function stageOf(scope: Construct, config: EdgeConfig): Stage {
  const name: unknown = scope.node.tryGetContext('stage') ?? 'dev';
  if (typeof name !== 'string' || !stageName.test(name))
    throw new Error(
      `context stage "${name}" must be at most 12 lower-case letters and digits, beginning with a letter`,
    );
  const isProduction = name === 'prod';
  return {
    name,
    removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    protected: isProduction,
    logRetention: isProduction ? RetentionDays.ONE_YEAR : RetentionDays.ONE_MONTH,
    sftp: isTrue(scope.node.tryGetContext('sftp')),
    alarmsTo: config.alarmsTo?.[name] ?? [],
    traces: config.traces?.includes(name) ?? false,
    docsAt: config.docsAt,
  };
}

/** The command line gives text, `cdk.json` a boolean. */
const isTrue = (value: unknown): boolean => value === true || value === 'true';
