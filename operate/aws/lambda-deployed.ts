import {
  type AliasConfiguration,
  GetAliasCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { deniedOr, nameOf, permitted } from '#shared/aws/aws-errors.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import {
  canaryName,
  type IntegrationFunction,
  integrationFunctions,
  liveAlias,
} from '#shared/core/identity/resource-names.ts';
import type { DeployedFunction, FunctionVersion } from '../core/deployed/deployed-function.ts';
import type { Deployed } from '../deployed-ports.ts';
import { stopDeployments } from './code-deploy.ts';

/** Versions and aliases of Lambda. Deployments of CodeDeploy are asked for by `env`, as a function has it. */
export const lambdaDeployed = (
  client: LambdaClient,
  stage: NamedStage,
  env: NodeJS.ProcessEnv,
): Deployed => ({
  async functions(integration) {
    const found = await Promise.all(
      integrationFunctions(stage, integration).map(fn => functionOf(client, fn)),
    );
    return found.filter(one => one !== undefined);
  },

  stop: ({ id }) => stopDeployments(env, canaryName(stage, id)),

  async note({ name: FunctionName, aliases }, Description) {
    for (const Name of aliases) {
      const update = new UpdateAliasCommand({ FunctionName, Name, Description });
      await permitted(`describing alias ${Name} of ${FunctionName}`, client.send(update));
    }
  },

  async move({ name: FunctionName, aliases }, { version: FunctionVersion, note: Description }) {
    for (const Name of aliases) {
      const RoutingConfig = { AdditionalVersionWeights: {} };
      const update = new UpdateAliasCommand({
        FunctionName,
        Name,
        FunctionVersion,
        Description,
        RoutingConfig,
      });
      await permitted(`moving alias ${Name} of ${FunctionName}`, client.send(update));
    }
  },
});

async function functionOf(
  client: LambdaClient,
  { name, aliases }: IntegrationFunction,
): Promise<DeployedFunction | undefined> {
  const alias = await aliasOf(client, name);
  if (!alias) return undefined;
  return {
    name,
    aliases,
    live: alias.FunctionVersion ?? '',
    note: alias.Description,
    canary: Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {})[0],
    versions: await versionsOf(client, name),
  };
}

async function aliasOf(client: LambdaClient, FunctionName: string): Promise<AliasConfiguration | undefined> {
  try {
    return await client.send(new GetAliasCommand({ FunctionName, Name: liveAlias }));
  } catch (error) {
    if (nameOf(error) === 'ResourceNotFoundException') return undefined;
    throw deniedOr(`reading alias ${liveAlias} of ${FunctionName}`, error);
  }
}

/** Lambda lists them as they were published. `$LATEST` is none. */
async function versionsOf(client: LambdaClient, FunctionName: string): Promise<readonly FunctionVersion[]> {
  const found: FunctionVersion[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName }))
    for (const { Version = '$LATEST', LastModified = '' } of Versions)
      if (Version !== '$LATEST') found.push({ version: Version, at: Date.parse(LastModified) });
  return found.sort((a, b) => Number(a.version) - Number(b.version));
}
