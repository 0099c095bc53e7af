import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { fileSettled } from '#events/edge/file-settled.v1.ts';
import { readSecret } from '../brought/key-use.ts';
import { observing } from '../function-defaults.ts';
import type { IntegrationSecret } from '../integration-secret.ts';
import { allow, onlyWhere, publishing, readSwitch, workOnOwnQueue } from '../platform/iam-statements.ts';
import type { Platform } from '../platform/platform.ts';
import type { Stage } from '../stage.ts';
import { objectPermissions } from './lane-object-permissions.ts';
import type { LaneQueues } from './lane-queues.ts';

export interface LanePermissionsProps {
  readonly lane: FileLane;
  readonly platform: Platform;
  readonly queues: LaneQueues;
  readonly log: LogGroup;
  readonly stage: Stage;
  /** Of a lane whose files are encrypted or signed. */
  readonly keys: IntegrationSecret | undefined;
}

/** All that a lane's function may do, statement by statement; nothing is granted elsewhere. */
export const lanePermissions = ({
  lane,
  platform,
  queues,
  log,
  stage,
  keys,
}: LanePermissionsProps): PolicyStatement[] => [
  ...objectPermissions(lane, platform),
  ...itemPermissions(lane, platform),
  readSwitch(platform.operate, lane.id),
  workOnOwnQueue(queues.work),
  allow('KeepDeadLetters', ['sqs:SendMessage'], queues.deadLetters.queueArn),
  allow('AnnounceRows', ['sqs:SendMessage'], queues.rows.queueArn),
  publishing([...lane.events, fileSettled], platform.bus),
  ...(keys ? readSecret('ReadKeys', keys.secret.secretArn, stage) : []),
  ...observing(log, stage),
];

/** Every key of both tables begins with the integration's id: a lane reads and writes its own items alone. */
function itemPermissions(lane: FileLane, { ledger, claims }: Platform): PolicyStatement[] {
  const ofOwn = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${lane.id}#*`] } };
  const items = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map(action => `dynamodb:${action}`);
  const statements = [onlyWhere(ofOwn, allow('KeepLedger', [...items, 'dynamodb:Query'], ledger.tableArn))];
  if (lane.duplicates === 'row')
    statements.push(
      onlyWhere(ofOwn, allow('ClaimRows', [...items, 'dynamodb:PartiQLInsert'], claims.tableArn)),
    );
  return statements;
}
