import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { permitted } from '#shared/aws/aws-errors.ts';

/** What a function answers to an event, by an alias where one is named. @throws Error when it is not deployed, or failed. */
export async function invokeFunction(
  client: LambdaClient,
  FunctionName: string,
  event: object,
  Qualifier?: string,
): Promise<unknown> {
  const Payload = Buffer.from(JSON.stringify(event));
  const invoke = new InvokeCommand({ FunctionName, Qualifier, Payload });
  const answer = await permitted(`invoking ${FunctionName}`, client.send(invoke));
  const text = answer.Payload?.transformToString() ?? '';
  if (answer.FunctionError) throw new Error(`${FunctionName} failed; its log says why`);
  return JSON.parse(text);
}
