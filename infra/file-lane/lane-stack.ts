import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { usesPgp } from '#adapters/file-lane/contract/file-security.ts';
import { canary } from '../canary.ts';
import type { IntegrationStackProps } from '../integration-stack-props.ts';
import { Platform } from '../platform/platform.ts';
import { readLog } from '../platform/read-log.ts';
import { registerIntegration } from '../platform/registry.ts';
import { LaneAlarms } from './lane-alarms.ts';
import { LaneFunction } from './lane-function.ts';
import { prefixesOf } from './lane-prefixes.ts';
import { LaneQueues } from './lane-queues.ts';
import { laneSecret } from './lane-secret.ts';
import { laneTrigger } from './lane-trigger.ts';
import { PartnerAccess } from './partner-access.ts';
import { SftpUser } from './sftp-user.ts';

/** One file lane: from the objects under its prefix to its function, with nothing shared but the platform. */
export class LaneStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { contract: lane, stage, codeOf, ...props }: IntegrationStackProps<FileLane>,
  ) {
    super(scope, id, props);
    const platform = new Platform(this, stage);
    registerIntegration(this, lane, stage);
    const prefixes = prefixesOf(lane);
    this.addMetadata('edge:integration', { id: lane.id, kind: lane.kind, ...prefixes });
    const queues = new LaneQueues(this, 'Queues', { lane, stage });
    const keys = usesPgp(lane.delivery.security) ? laneSecret(this, { lane, stage }) : undefined;
    const fn = new LaneFunction(this, 'Lane', {
      ...{ lane, platform, queues, stage },
      code: codeOf(lane.id),
      keys,
    });
    readLog(this, { contract: lane, log: fn.log, platform, stage });
    const trigger = laneTrigger(this, {
      inbound: platform.inbound,
      prefixes: [prefixes.inPrefix, prefixes.fixedPrefix],
      queues,
    });
    const alarms = new LaneAlarms(this, 'Alarms', {
      lane,
      queues,
      fn,
      trigger,
      stage,
      topic: platform.alarms,
    });
    canary(this, { ...fn, integration: lane.id, alarms: alarms.stoppingDeployments, stage });
    if (stage.sftp && lane.delivery.via.includes('sftp'))
      new SftpUser(this, 'Sftp', { lane, stage, inbound: platform.inbound, serverId: platform.sftpServerId });
    const partners = stage.partners[lane.id] ?? [];
    if (partners.length > 0)
      new PartnerAccess(this, 'Partner', { lane, stage, inbound: platform.inbound, partners });
    new CfnOutput(this, 'LaneQueueUrl', { value: queues.work.queueUrl });
    new CfnOutput(this, 'LaneDlqUrl', { value: queues.deadLetters.queueUrl });
    new CfnOutput(this, 'RowsQueueUrl', { value: queues.rows.queueUrl });
    if (keys) new CfnOutput(this, 'SecretName', { value: keys.id });
    new CfnOutput(this, 'FunctionName', { value: fn.fn.functionName });
  }
}
