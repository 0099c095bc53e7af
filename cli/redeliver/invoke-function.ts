import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { liveAlias } from '#shared/core/identity/resource-names.ts';

/** Calls a function with a payload and gives what it answers. */
export type Invoke = (payload: object) => Promise<unknown>;

/**
 * Calls a Lambda function once and waits for its answer. If the call fails, the log and the audit record say what it did; calling
 * again is safe.
 */
export function invokeFunction(functionName: string, config: LambdaClientConfig = {}): Invoke {
  const lambda = new LambdaClient({ maxAttempts: 1, ...config });
  return async payload => {
    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: functionName,
        Qualifier: liveAlias,
        Payload: Buffer.from(JSON.stringify(payload)),
      }),
    );
    const text = answer.Payload?.transformToString() ?? '';
    if (answer.FunctionError) throw new Error(`${functionName} failed: ${text}`);
    return JSON.parse(text);
  };
}
