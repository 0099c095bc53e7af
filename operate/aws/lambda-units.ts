import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import { proofAnswer } from '#shared/core/audit/proof-question.ts';
import { proofAlias, releaseFunctionName, workFunctionName } from '#shared/core/identity/resource-names.ts';
import type { ProofPorts } from '../ports.ts';
import { invokeFunction } from './invoke-function.ts';

/** By the alias that takes questions and nothing else. */
export const lambdaUnits = (client: LambdaClient, stage: NamedStage): ProofPorts['units'] => ({
  async ask({ id, kind }, question) {
    const name = kind === 'cdc-feed' ? workFunctionName(stage, { id, kind }) : releaseFunctionName(stage, id);
    return proofAnswer.parse(await invokeFunction(client, name, question, proofAlias));
  },
});
