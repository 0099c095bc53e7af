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
  /** ARNs of partners' own users and roles, by lane. */
  readonly partners: Readonly<Record<string, readonly string[]>>;
  /** Whether webhooks come to a domain of one's own, and to no generated address. */
  readonly ownDomain: boolean;
  /** Whether functions write X-Ray traces. */
  readonly traces: boolean;
  /** Where the folder `docs/` can be read. */
  readonly docsAt: string | undefined;
}

const stageName = /^[a-z][a-z0-9]{0,11}$/;

/** Reads context `stage` (default `dev`). @throws Error on a name that does not fit resource names, and on a flag of earlier releases. */
export function stageOf(scope: Construct, config: EdgeConfig): Stage {
  refuseFlags(scope);
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
    sftp: config.sftp?.includes(name) ?? false,
    partners: config.partners?.[name] ?? {},
    alarmsTo: config.alarmsTo?.[name] ?? [],
    ownDomain: config.ownDomain?.includes(name) ?? false,
    traces: config.traces?.includes(name) ?? false,
    docsAt: config.docsAt,
  };
}

/** A flag that is forgotten once would take a partner's access, or the server with its host key. */
function refuseFlags(scope: Construct): void {
  const flag = Object.keys(scope.node.getAllContext()).find(
    key => key === 'sftp' || key.startsWith('partner:'),
  );
  if (flag)
    throw new Error(
      `context "${flag}" is not read: write it into edge.config.ts, as \`sftp\` or \`partners\``,
    );
}
