import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Effect, type PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { handoffIndexes } from '#adapters/file-lane/core/outcome/handoff-indexes.ts';
import { busLogPrefix } from '#operate/core/bus-log/bus-log-keys.ts';
import { undeliveredPrefix } from '#operate/core/undelivered-line.ts';
import {
  deadLettersName,
  liveAlias,
  releaseFunctionName,
  undeliveredNoticesName,
  workFunctionName,
  workQueueName,
} from '#shared/core/identity/resource-names.ts';
import type { Stage } from '../stage.ts';
import { suppressArn, suppressObjects, suppressPattern } from '../suppress.ts';
import { allow, listing, objectsUnder, onlyWhere, workOnOwnQueue } from './iam-statements.ts';
import {
  functionArn,
  moveVersions,
  queueArn,
  suppressMappings,
  suppressQueues,
  suppressUndelivered,
  suppressVersions,
  switchMappings,
  undeliveredArn,
} from './integrations-resources.ts';

interface PlanJobsPermissionsProps {
  readonly operate: ITable;
  readonly ledger: ITable;
  readonly queue: IQueue;
  readonly bus: IEventBus;
  readonly busLog: IBucket;
  readonly quarantine: IBucket;
  readonly stage: Stage;
}

/** All that the jobs of plans may do, besides logs and traces. */
export const planJobsPermissions = ({
  operate,
  ledger,
  queue,
  bus,
  busLog,
  quarantine,
  stage,
}: PlanJobsPermissionsProps): PolicyStatement[] => [
  keepPlans(operate),
  findHandoffs(ledger),
  allow('ReadHandoffs', ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], ledger.tableArn),
  workOnOwnQueue(queue),
  allow(
    'TakeDeadLetters',
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
    queueArn(deadLettersName(stage, '*')),
  ),
  allow('Release', ['lambda:InvokeFunction'], functionArn(releaseName(stage))),
  allow('InvokeFeeds', ['lambda:InvokeFunction'], functionArn(feedName(stage))),
  ...redeliver(stage),
  ...moveQuarantined(quarantine),
  allow('Replay', ['events:PutEvents'], bus.eventBusArn),
  listing('FindBusLog', busLog, busLogPrefix),
  allow('ReadBusLog', ['s3:GetObject'], objectsUnder(busLog, busLogPrefix)),
  ...replayTo(Object.values(stage.consumers)),
  ...switchMappings(stage),
  ...moveVersions(stage),
  onlyWhere(
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['switch#*'] } },
    allow('KeepSwitches', ['dynamodb:GetItem', 'dynamodb:PutItem'], operate.tableArn),
  ),
  onlyWhere(
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['proof#*'] } },
    allow('ReadProofs', ['dynamodb:GetItem'], operate.tableArn),
  ),
  onlyWhere(
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['decision#*'] } },
    allow('KeepDecisions', ['dynamodb:GetItem', 'dynamodb:PutItem'], operate.tableArn),
  ),
  allow('SendBack', ['sqs:SendMessage'], queueArn(workQueueName(stage, '*'))),
];

const replayTo = (queues: readonly string[]): PolicyStatement[] =>
  queues.length > 0 ? [allow('ReplayToConsumers', ['sqs:SendMessage'], ...queues)] : [];

/** By their indexes, which hold keys alone. */
export const findHandoffs = (ledger: ITable): PolicyStatement =>
  allow(
    'FindHandoffs',
    ['dynamodb:Query'],
    ...Object.values(handoffIndexes).map(({ name }) => `${ledger.tableArn}/index/${name}`),
  );

/** Items of plans alone. */
export const keepPlans = (operate: ITable): PolicyStatement =>
  onlyWhere(
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['plan#*'] } },
    allow(
      'KeepPlans',
      ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query'].map(action => `dynamodb:${action}`),
      operate.tableArn,
    ),
  );

/** By the alias alone. */
const releaseName = (stage: Stage): string => `${releaseFunctionName(stage, '*')}:${liveAlias}`;

const feedName = (stage: Stage): string =>
  `${workFunctionName(stage, { id: '*', kind: 'cdc-feed' })}:${liveAlias}`;

/** What Lambda left in buckets of undelivered records alone, and their notices. */
function redeliver(stage: Stage): PolicyStatement[] {
  const left = `${undeliveredArn(stage)}/${undeliveredPrefix}*`;
  return [
    allow('FindUndelivered', ['s3:ListBucket'], undeliveredArn(stage)),
    allow('TakeUndelivered', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], left),
    allow(
      'SweepNotices',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      queueArn(undeliveredNoticesName(stage, '*')),
    ),
  ];
}

/**
 * Requests and changes are one JSON object each. Nothing else there ends so: reports of rows cannot be deleted, and what was taken
 * neither.
 */
function moveQuarantined(quarantine: IBucket): PolicyStatement[] {
  const taken = quarantine.arnForObjects('*/taken/*');
  const keep = allow('KeepTaken', ['s3:DeleteObject'], taken);
  keep.effect = Effect.DENY;
  return [
    allow('FindQuarantined', ['s3:ListBucket'], quarantine.bucketArn),
    allow('ReadQuarantined', ['s3:GetObject'], quarantine.arnForObjects('*.json')),
    allow('TakeQuarantined', ['s3:DeleteObject'], quarantine.arnForObjects('*.json')),
    allow('WriteTaken', ['s3:PutObject'], taken),
    keep,
  ];
}

/** The findings that the role cannot avoid, each with its own reason. */
export function suppressPlanJobs(
  role: Role,
  stage: Stage,
  { busLog, quarantine }: { readonly busLog: IBucket; readonly quarantine: IBucket },
): void {
  for (const objects of ['*.json', '*/taken/*'])
    suppressArn(
      role,
      quarantine.arnForObjects(objects),
      'Plans take requests and changes of every fence and feed out of quarantine; the star stands for the integration and the name of the object.',
    );
  suppressObjects(role, {
    ...{ bucket: busLog, prefix: busLogPrefix },
    reason: 'Replays read all events; the star stands for hour and name of an object of the log.',
  });
  suppressUndelivered(role, stage, `/${undeliveredPrefix}*`);
  suppressQueues(
    role,
    deadLettersName(stage, '*'),
    workQueueName(stage, '*'),
    undeliveredNoticesName(stage, '*'),
  );
  suppressMappings(role);
  suppressVersions(role, stage);
  for (const fn of [releaseName(stage), feedName(stage)])
    suppressPattern(
      role,
      `arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${fn}`,
      'The star stands for an integration. Its function is made by another stack, which comes after this one.',
    );
}
