import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { permitted } from '#shared/aws/aws-errors.ts';
import { proofAnswer } from '#shared/core/audit/proof-question.ts';
import { proofAlias, releaseFunctionName, workFunctionName } from '#shared/core/identity/resource-names.ts';
import type { ProofPorts } from '../ports.ts';

/** By the alias that takes questions and nothing else. */
export const lambdaUnits = (client: LambdaClient, stage: string): ProofPorts['units'] => ({
  async ask({ id, kind }, question) {
    const FunctionName =
      kind === 'cdc-feed' ? workFunctionName(stage, { id, kind }) : releaseFunctionName(stage, id);
    const Payload = Buffer.from(JSON.stringify(question));
    const invoke = new InvokeCommand({ FunctionName, Qualifier: proofAlias, Payload });
    const answer = await permitted(`invoking ${FunctionName}`, client.send(invoke));
    if (answer.FunctionError) throw new Error(`${FunctionName} failed; its log says why`);
    return proofAnswer.parse(JSON.parse(answer.Payload?.transformToString() ?? ''));
  },
});
