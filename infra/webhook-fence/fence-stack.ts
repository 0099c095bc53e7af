import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { listingSecretName } from '#adapters/webhook-fence/contract/provider-listing.ts';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { hasSecretsByTenant, tenantsOf } from '#adapters/webhook-fence/contract/webhook-tenant.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import { canary } from '../canary.ts';
import type { IntegrationStackProps } from '../integration-stack-props.ts';
import { Platform } from '../platform/platform.ts';
import { readLog } from '../platform/read-log.ts';
import { registerIntegration } from '../platform/registry.ts';
import { FenceAlarms } from './fence-alarms.ts';
import { FenceApi } from './fence-api.ts';
import { type FencePart, fenceBundles } from './fence-contracts.ts';
import { FenceFunction } from './fence-function.ts';
import { FenceQueues } from './fence-queues.ts';
import { fenceSecret } from './fence-secret.ts';
import { ListingSecret } from './listing-secret.ts';

/** One webhook fence: from its address to its functions, with nothing shared but the platform. */
export class FenceStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { contract: fence, stage, codeOf, ...props }: IntegrationStackProps<WebhookFence>,
  ) {
    super(scope, id, props);
    const platform = new Platform(this, stage);
    registerIntegration(this, fence, stage);
    this.addMetadata('edge:integration', {
      id: fence.id,
      kind: fence.kind,
      route: fence.route,
      scheme: schemeOf(fence),
      ...(hasSecretsByTenant(fence) && { tenants: tenantsOf(fence) }),
      ...(fence.listing && { listing: listingSecretName(stage, fence.id) }),
    });
    const log = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    readLog(this, { contract: fence, log, platform, stage });
    const queues = new FenceQueues(this, 'Queues', { fence, stage });
    const keys = fenceSecret(this, { fence, stage });
    if (fence.listing) new ListingSecret(this, 'Listing', { fence, stage });
    const bundles = fenceBundles(fence.id);
    const common = { fence, stage, platform, queues, keys, log };
    const part = (name: string, part: FencePart) =>
      new FenceFunction(this, name, { ...common, part, code: codeOf(bundles[part]) });
    const receive = part('Receive', 'receive');
    const drain = part('Drain', 'drain');
    const release = part('Release', 'release');
    new EventSourceMapping(drain.fn, 'Spill', {
      target: drain.live,
      eventSourceArn: queues.spill.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      // The bus has just failed: a few at a time are enough.
      maxConcurrency: 2,
    });
    const api = new FenceApi(this, 'Http', { fence, fn: receive.live, stage });
    const watched = {
      ...{ api: api.api, queues },
      functions: { receive: receive.fn, drain: drain.fn, release: release.fn },
      logs: { access: api.log, functions: log },
    };
    const alarms = new FenceAlarms(this, 'Alarms', { fence, watched, stage, topic: platform.alarms });
    canary(this, { ...receive, integration: fence.id, alarms: alarms.stoppingDeployments, stage });
    if (!stage.ownDomain) new CfnOutput(this, 'FenceUrl', { value: api.endpoint + fence.route });
    new CfnOutput(this, 'SpillQueueUrl', { value: queues.spill.queueUrl });
    new CfnOutput(this, 'SpillDlqUrl', { value: queues.deadLetters.queueUrl });
    new CfnOutput(this, 'SecretName', { value: keys.id });
    new CfnOutput(this, 'FunctionName', { value: receive.fn.functionName });
  }
}
