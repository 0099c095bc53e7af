import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody, sendAmzJson } from '../http.ts';
import { ResourceExistsException, ResourceNotFoundException, type Secrets } from './secrets.ts';

const id = z.string().min(1);
const token = z.string().min(32).max(64).optional();

const shapes = {
  GetSecretValue: z.strictObject({
    SecretId: id,
    VersionId: z.string().optional(),
    VersionStage: z.string().optional(),
  }),
  PutSecretValue: z.strictObject({
    SecretId: id,
    SecretString: z.string().min(1).max(65_536),
    ClientRequestToken: token,
    VersionStages: z.array(z.string()).min(1).optional(),
  }),
  UpdateSecret: z.strictObject({
    SecretId: id,
    SecretString: z.string().min(1).max(65_536),
    ClientRequestToken: token,
  }),
  DescribeSecret: z.strictObject({ SecretId: id }),
  ListSecrets: z.strictObject({ MaxResults: z.number().optional(), NextToken: z.string().optional() }),
};

type Action = keyof typeof shapes;

const actions: { readonly [A in Action]: (secrets: Secrets, input: z.infer<(typeof shapes)[A]>) => object } =
  {
    GetSecretValue: (secrets, { SecretId, VersionId, VersionStage }) => {
      const { secret, version } = secrets.get(SecretId, {
        ...(VersionId && { versionId: VersionId }),
        ...(VersionStage && { stage: VersionStage }),
      });
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        SecretString: version.text,
        VersionStages: [...version.stages],
        CreatedDate: version.createdAt / 1000,
      };
    },
    PutSecretValue: (secrets, { SecretId, SecretString, ClientRequestToken, VersionStages }) => {
      const { secret, version } = secrets.put(SecretId, SecretString, {
        versionId: ClientRequestToken,
        stages: VersionStages,
      });
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: [...version.stages],
      };
    },
    UpdateSecret: (secrets, { SecretId, SecretString, ClientRequestToken }) => {
      const { secret, version } = secrets.put(SecretId, SecretString, { versionId: ClientRequestToken });
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id };
    },
    DescribeSecret: (secrets, { SecretId }) => described(secrets.find(SecretId)),
    ListSecrets: secrets => ({ SecretList: secrets.all().map(described) }),
  };

const described = (secret: ReturnType<Secrets['find']>) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  CreatedDate: secret.createdAt / 1000,
  LastChangedDate: secret.changedAt / 1000,
  VersionIdsToStages: Object.fromEntries(
    secret.versions
      .filter(({ stages }) => stages.size > 0)
      .map(({ id: version, stages }) => [version, [...stages]]),
  ),
});

/** Secrets Manager's JSON protocol; text only, and no rotation: what fences and their operators use. */
export async function secretsApi(
  secrets: Secrets,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const name = String(request.headers['x-amz-target']).replace(/^secretsmanager\./, '');
  if (!Object.hasOwn(actions, name)) {
    refuse(response, 'UnknownOperationException', `${name} is not served locally`);
    return;
  }
  const action = name as Action;
  const input = shapes[action].safeParse(jsonOf(body.toString('utf8') || '{}'));
  if (!input.success) {
    refuse(response, 'InvalidParameterException', z.prettifyError(input.error));
    return;
  }
  try {
    sendAmzJson(response, 200, actions[action](secrets, input.data as never));
  } catch (problem) {
    if (problem instanceof ResourceNotFoundException || problem instanceof ResourceExistsException)
      refuse(response, problem.name, problem.message);
    else throw problem;
  }
}

/** Undefined where the text is no JSON: then nothing of it fits. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

const refuse = (response: ServerResponse, name: string, message: string): void =>
  sendAmzJson(response, 400, { __type: name, message, Message: message });
