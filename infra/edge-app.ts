import { App, type AppProps, type Environment, Validations } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { fenceBundles } from './bundle-entries.ts';
import { FeedStack } from './cdc-feed/feed-stack.ts';
import type { Contracts } from './contracts.ts';
import { featureFlags } from './feature-flags.ts';
import { LaneStack } from './file-lane/lane-stack.ts';
import { PlatformStack } from './platform/platform-stack.ts';
import { stageOf } from './stage.ts';
import type { FencePart } from './webhook-fence/fence-permissions.ts';
import { FenceStack } from './webhook-fence/fence-stack.ts';

export interface EdgeAppProps extends AppProps {
  readonly contracts: Contracts;
  /** A bundle by its name: a lane’s and a feed’s is its id, those of a fence are as `fenceBundles` names them. */
  readonly codeOf: (bundle: string) => Code;
  /** Default: whatever account and region the stacks are deployed to. */
  readonly env?: Environment;
}

/** The whole suite: the platform and a stack for each integration, named for their stage, held to the AwsSolutions rules. */
export function edgeApp({ contracts, codeOf, env, ...props }: EdgeAppProps): App {
  const app = new App({ ...props, context: { ...featureFlags, ...props.context } });
  const stage = stageOf(app);
  const shared = { ...(env && { env }), terminationProtection: stage.protected };
  const platform = new PlatformStack(app, 'EdgePlatform', contracts, stage, {
    ...shared,
    stackName: `EdgePlatform-${stage.name}`,
    description: 'Edge adapters: bus, ledger and buckets that all integrations share',
    tags: { 'edge:stage': stage.name },
  });
  for (const lane of contracts.lanes) {
    new LaneStack(app, `EdgeLane-${lane.id}`, lane, platform, stage, codeOf(lane.id), {
      ...shared,
      stackName: `EdgeLane-${lane.id}-${stage.name}`,
      description: `Edge adapters: file lane ${lane.id}`,
      tags: { 'edge:stage': stage.name, 'edge:integration': lane.id },
    });
  }
  for (const fence of contracts.fences) {
    const codeOfPart = (part: FencePart) => codeOf(fenceBundles(fence.id)[part]);
    new FenceStack(app, `EdgeFence-${fence.id}`, fence, platform, stage, codeOfPart, {
      ...shared,
      stackName: `EdgeFence-${fence.id}-${stage.name}`,
      description: `Edge adapters: webhook fence ${fence.id}`,
      tags: { 'edge:stage': stage.name, 'edge:integration': fence.id },
    });
  }
  for (const feed of contracts.feeds) {
    new FeedStack(app, `EdgeFeed-${feed.id}`, feed, platform, stage, codeOf(feed.id), {
      ...shared,
      stackName: `EdgeFeed-${feed.id}-${stage.name}`,
      description: `Edge adapters: CDC feed ${feed.id}`,
      tags: { 'edge:stage': stage.name, 'edge:integration': feed.id },
    });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
