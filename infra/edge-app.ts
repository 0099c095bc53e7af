import { App, type AppProps, type Environment, type Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { batchedTypes } from '#adapters/derive/published-form.ts';
import type { Integration } from '#adapters/integration.ts';
import { stackName } from '#shared/core/identity/resource-names.ts';
import { applyBrought } from './brought/apply-brought.ts';
import { stockLevelsBundle } from './consumer/stock-levels-entry.ts';
import { StockLevelsStack, stockType } from './consumer/stock-levels-stack.ts';
import { type Contracts, ofKind } from './contracts.ts';
import type { EdgeConfig } from './edge-config.ts';
import { featureFlags } from './feature-flags.ts';
import type { IntegrationStackProps } from './integration-stack-props.ts';
import { kindOf } from './kinds.ts';
import { DashboardsStack } from './platform/dashboards-stack.ts';
import { EventsStack } from './platform/events-stack.ts';
import { PlatformStack } from './platform/platform-stack.ts';
import { type StackKind, stacks } from './stacks.ts';
import { type Stage, stageOf } from './stage.ts';

export interface EdgeAppProps extends AppProps {
  readonly contracts: Contracts;
  /** Default: nothing is set. */
  readonly config?: EdgeConfig;
  /** A bundle by the name that its kind gives it: see `contractKinds`. */
  readonly codeOf: (bundle: string) => Code;
  /** Default: whatever account and region the stacks are deployed to. */
  readonly env?: Environment;
}

/** The whole suite: the platform and a stack for each integration, named for their stage. */
export function edgeApp({ contracts, config = {}, codeOf, env, ...props }: EdgeAppProps): App {
  const app = new App({ ...props, context: { ...featureFlags, ...props.context } });
  const stage = stageOf(app, config);
  requireLanes(stage, contracts);
  const common: StackProps = { ...(env && { env }), terminationProtection: stage.protected };
  const platform = new PlatformStack(app, 'EdgePlatform', {
    ...common,
    contracts,
    stage,
    codeOf,
    stackName: stackName(stage, 'EdgePlatform'),
    description: 'Edge adapters: bus, ledger and buckets that all integrations share',
    tags: { ...stage.tags, 'edge:stage': stage.name },
  });
  addIntegrations(platform, { ...common, contracts, stage, codeOf });
  new EventsStack(app, 'EdgeEvents', {
    ...common,
    ...{ events: contracts.events, batched: batchedTypes(contracts.integrations), stage },
    stackName: stackName(stage, 'EdgeEvents'),
    description: 'Edge adapters: schemas and archives of canonical events',
    tags: { ...stage.tags, 'edge:stage': stage.name },
  }).addStackDependency(platform);
  if (!stage.protected && contracts.events.some(({ type }) => type === stockType))
    new StockLevelsStack(app, 'EdgeConsumer-stock-levels', {
      ...common,
      stage,
      code: codeOf(stockLevelsBundle),
      stackName: stackName(stage, 'EdgeConsumer-stock-levels'),
      description: 'Edge adapters: an example of a consumer',
      tags: { ...stage.tags, 'edge:stage': stage.name },
    }).addStackDependency(platform);
  if (stage.dashboards)
    new DashboardsStack(app, 'EdgeDashboards', {
      ...common,
      ...{ contracts, stage },
      stackName: stackName(stage, 'EdgeDashboards'),
      description: 'Edge adapters: one dashboard a domain',
      tags: { ...stage.tags, 'edge:stage': stage.name },
    });
  applyBrought(app, stage);
  return app;
}

/** @throws Error when access is given to something that partners cannot reach by S3. */
function requireLanes({ name, partners }: Stage, contracts: Contracts): void {
  const lanes = ofKind(contracts, 'file-lane').filter(({ delivery }) => delivery.via.includes('s3'));
  const unknown = Object.keys(partners).find(id => !lanes.some(lane => lane.id === id));
  if (unknown)
    throw new Error(
      `edge.config.ts: partners.${name}: "${unknown}" is no file lane with via 's3'; there are ${lanes.map(({ id }) => id).join(', ')}`,
    );
}

type IntegrationsProps = Omit<IntegrationStackProps<Integration>, 'contract'> & {
  readonly contracts: Contracts;
};

/** They read parameters that the platform writes, so the platform is deployed before; and some, what another integration makes. */
function addIntegrations(platform: PlatformStack, { contracts, ...props }: IntegrationsProps): void {
  const app = platform.node.scope as App;
  const made = new Map(
    contracts.integrations.map(contract => [contract.id, addStack(app, { ...props, contract })] as const),
  );
  for (const contract of contracts.integrations) {
    const own = made.get(contract.id);
    own?.addStackDependency(platform);
    for (const id of kindOf(contract).after(contract)) {
      const before = made.get(id);
      if (before) own?.addStackDependency(before);
    }
  }
}

function addStack<I extends Integration>(app: App, props: IntegrationStackProps<I>): Stack {
  const { contract, stage } = props;
  const { Stack: StackOfKind, prefix, title } = stacks[contract.kind] as unknown as StackKind<I>;
  return new StackOfKind(app, `${prefix}-${contract.id}`, {
    ...props,
    stackName: stackName(stage, `${prefix}-${contract.id}`),
    description: `Edge adapters: ${title} ${contract.id}`,
    tags: { ...stage.tags, 'edge:stage': stage.name, 'edge:integration': contract.id },
  });
}
