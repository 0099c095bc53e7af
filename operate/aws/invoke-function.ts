import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { permitted } from '#shared/aws/aws-errors.ts';
import { liveAlias } from '#shared/core/identity/resource-names.ts';

/** What a function of an integration answers to an event. @throws Error when it is not deployed, or failed. */
export async function invokeFunction(
  client: LambdaClient,
  FunctionName: string,
  event: object,
  Qualifier: string = liveAlias,
): Promise<unknown> {
  const Payload = Buffer.from(JSON.stringify(event));
  const invoke = new InvokeCommand({ FunctionName, Qualifier, Payload });
  const answer = await permitted(`invoking ${FunctionName}`, client.send(invoke));
  const text = answer.Payload?.transformToString() ?? '';
  if (answer.FunctionError) throw new Error(`${FunctionName} failed; its log says why`);
  return JSON.parse(text);
}
