import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type NamedStage, stageCharactersMax } from '#shared/contract/named-stage.ts';
import { type Brought, nothingBrought } from './brought/brought.ts';
import type { Backups, EdgeConfig, ReplicatedBucket, RestoredTable } from './edge-config.ts';

/** One instance of the suite. Several may stand side by side in one account and region. */
export interface Stage extends NamedStage {
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
  /** Types of events that consumers report, by the name of the consumer. */
  readonly receipts: Readonly<Record<string, readonly string[]>>;
  /** ARNs of queues of consumers, by name. */
  readonly consumers: Readonly<Record<string, string>>;
  /** ARNs of what feeds read that another stack owns, by feed. */
  readonly sources: Readonly<Record<string, string>>;
  /** ARNs of secrets that exist already, by integration. */
  readonly secrets: Readonly<Record<string, string>>;
  /** ARNs of the streams of tables that were restored under another name, and take the place of the stack's own. */
  readonly restored: Readonly<Partial<Record<RestoredTable, string>>>;
  /** ARNs of buckets in another region to which objects are copied. */
  readonly replicas: Readonly<Partial<Record<ReplicatedBucket, string>>>;
  /** Nightly backups of the tables. */
  readonly backups: Backups | undefined;
  /** Whether functions write X-Ray traces. */
  readonly traces: boolean;
  /** Whether lanes and fences are deployed as a canary, where a deployment is not said to be made at once. */
  readonly canary: boolean;
  /** Whether each domain has a dashboard. */
  readonly dashboards: boolean;
  /** How the audit trail is kept. */
  readonly audit: AuditRetention;
  /** What all resources are tagged with, beside the suite's own tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** What exists already and is used in place of what the stacks would make. */
  readonly brought: Brought;
  /** Where the folder `docs/` can be read. */
  readonly docsAt: string | undefined;
}

export interface AuditRetention {
  /** For which no version of an object can be deleted. Then the records expire; manifests stay. */
  readonly days: number;
  /** In `governance` who has the right may delete all the same, so that a stage can be removed; in `compliance` nobody can. */
  readonly mode: 'governance' | 'compliance';
  /** How long records wait for others, to be written together. */
  readonly gatherSeconds: number;
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
    prefix: prefixOf(name, config),
    removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    protected: isProduction,
    logRetention: isProduction ? RetentionDays.ONE_YEAR : RetentionDays.ONE_MONTH,
    sftp: config.sftp?.includes(name) ?? false,
    partners: config.partners?.[name] ?? {},
    alarmsTo: config.alarmsTo?.[name] ?? [],
    ownDomain: config.ownDomain?.includes(name) ?? false,
    canary: canaryOf(scope, name, config),
    dashboards: config.dashboards?.includes(name) ?? false,
    audit: auditOf(isProduction, config.auditDays?.[name]),
    consumers: config.consumers?.[name] ?? {},
    receipts: config.receipts?.[name] ?? {},
    sources: config.sources?.[name] ?? {},
    secrets: config.secrets?.[name] ?? {},
    restored: config.restored?.[name] ?? {},
    replicas: config.replicas?.[name] ?? {},
    backups: config.backups?.[name],
    traces: config.traces?.includes(name) ?? false,
    tags: config.tags?.[name] ?? {},
    brought: { ...nothingBrought, ...config.bring?.[name] },
    docsAt: config.docsAt,
  };
}

/** @throws Error when names would be too long */
function prefixOf(stage: string, { namePrefix }: EdgeConfig): string {
  const word = namePrefix?.[stage];
  if (word === undefined) return '';
  const most = stageCharactersMax - stage.length - 1;
  if (word.length > most)
    throw new Error(
      `edge.config.ts: namePrefix.${stage}: "${word}" has ${word.length} characters; with the stage and a hyphen at most ${most} fit the names of functions and buckets`,
    );
  return `${word}-`;
}

/** `npm run deploy -- … --now` is for a correction that cannot wait, or whose alarms ring already. */
const canaryOf = (scope: Construct, name: string, { canary = ['prod'] }: EdgeConfig): boolean =>
  canary.includes(name) && scope.node.tryGetContext('now') === undefined;

/** Production gathers for as long as Lambda can, which costs the fewest objects; elsewhere people want to see what they did. */
const auditOf = (isProduction: boolean, days: number | undefined): AuditRetention =>
  isProduction
    ? { days: days ?? 400, mode: 'compliance', gatherSeconds: 300 }
    : { days: days ?? 1, mode: 'governance', gatherSeconds: 5 };

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
