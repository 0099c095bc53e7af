import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { CloudDescription } from '#local/cloud-description.ts';
import { stackOf } from '../stack-of.ts';
import { Failure } from './failure.ts';
import type { ApiPlace, Credentials } from './operator-api.ts';

/** The API of the local cloud, asked as one of its identities. @throws Failure that names those there are. */
export function localApi(
  { operator, region }: CloudDescription,
  name: string,
): ApiPlace & { readonly credentials: Credentials } {
  if (!operator)
    throw new Failure('The local cloud has no API for operators. Start it again with `npm start`.', 3);
  const identity = operator.identities.find(candidate => candidate.name === name);
  if (!identity) {
    const names = operator.identities.map(known => known.name).join(', ');
    throw new Failure(`There is no local identity "${name}". Identities are ${names}.`, 2);
  }
  return { url: operator.url, region, credentials: identity };
}

/** By the output of the platform's stack, with credentials and region of the environment. @throws Failure when there is no such stack. */
export async function deployedApi(stage: string): Promise<ApiPlace> {
  const client = new CloudFormationClient();
  const StackName = stackOf('EdgePlatform', stage);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch(cause => {
    throw new Failure(`Stack ${StackName} cannot be read: ${cause.message}`, 3, { cause });
  });
  const outputs = Stacks[0]?.Outputs ?? [];
  const url = outputs.find(({ OutputKey }) => OutputKey === 'OperatorApiUrl')?.OutputValue;
  if (!url)
    throw new Failure(`Stack ${StackName} has no output OperatorApiUrl. Deploy this release of it.`, 3);
  return { url, region: await client.config.region(), credentials: client.config.credentials };
}
