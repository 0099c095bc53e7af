import { signedCall } from '#shared/aws/signed-call.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';

/** CodeDeploy refused. */
class CodeDeployRefused extends EdgeError {
  override readonly name = 'CodeDeployRefused';
}

const underWay = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];

/**
 * Stops the deployments of an application’s group of the same name that are under way; each takes itself back. False when there is
 * none, or no such application: then the stage deploys without canaries.
 */
export async function stopDeployments(env: NodeJS.ProcessEnv, application: string): Promise<boolean> {
  const found = await call(env, 'ListDeployments', {
    ...{ applicationName: application, deploymentGroupName: application, includeOnlyStatuses: underWay },
  });
  const { deployments = [] } = (found ?? {}) as { readonly deployments?: readonly string[] };
  for (const deploymentId of deployments)
    await call(env, 'StopDeployment', { deploymentId, autoRollbackEnabled: true });
  return deployments.length > 0;
}

/** What nobody has, and what ended meanwhile, needs no stop. */
const gone = /ApplicationDoesNotExist|DeploymentGroupDoesNotExist|DeploymentAlreadyCompleted/;

async function call(env: NodeJS.ProcessEnv, operation: string, input: object): Promise<unknown> {
  const target = `CodeDeploy_20141006.${operation}`;
  const { status, text } = await signedCall(env, { service: 'codedeploy', target, input });
  if (status === 200) return JSON.parse(text || '{}');
  if (gone.test(text)) return undefined;
  throw new CodeDeployRefused(`${operation} of CodeDeploy was refused: ${status} ${text.slice(0, 300)}`);
}
