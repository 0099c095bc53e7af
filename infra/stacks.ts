import type { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ContractOf } from '#adapters/integration.ts';
import type { Kind } from '#shared/contract/kind.ts';
import { FeedStack } from './cdc-feed/feed-stack.ts';
import { LaneStack } from './file-lane/lane-stack.ts';
import type { IntegrationStackProps } from './integration-stack-props.ts';
import { FenceStack } from './webhook-fence/fence-stack.ts';

/** How an integration of one kind becomes a stack. */
export interface StackKind<C> {
  /** The stack's id is `<prefix>-<integration>`. */
  readonly prefix: string;
  /** The kind in words. */
  readonly title: string;
  readonly Stack: new (scope: Construct, id: string, props: IntegrationStackProps<C>) => Stack;
}

/** The stack of each kind. */
export const stacks: { readonly [K in Kind]: StackKind<ContractOf[K]> } = {
  'file-lane': { prefix: 'EdgeLane', title: 'file lane', Stack: LaneStack },
  'webhook-fence': { prefix: 'EdgeFence', title: 'webhook fence', Stack: FenceStack },
  'cdc-feed': { prefix: 'EdgeFeed', title: 'CDC feed', Stack: FeedStack },
};
