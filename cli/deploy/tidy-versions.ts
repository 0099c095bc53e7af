import {
  DeleteFunctionCommand,
  type LambdaClient,
  paginateListFunctions,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';

/** Versions of each function that operators can go back to. */
const keptVersions = 5;

/** Names of functions of integrations begin so, with the stage after it. */
const words = ['lane', 'receive', 'drain', 'release', 'feed'];

/**
 * Deletes older versions of the functions of a stage's integrations, and says how many. Lambda itself refuses to delete what an alias
 * names.
 */
export async function tidyVersions(lambda: LambdaClient, stage: NamedStage): Promise<number> {
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {}))
    names.push(
      ...Functions.flatMap(({ FunctionName = '' }) => (isOfStage(FunctionName, stage) ? [FunctionName] : [])),
    );
  const deleted = await inParallel(names, 10, name => tidyFunction(lambda, name));
  return deleted.reduce((sum, one) => sum + one, 0);
}

const isOfStage = (fn: string, { prefix, name }: NamedStage): boolean =>
  words.some(word => fn.startsWith(`${prefix}${word}-${name}-`));

async function tidyFunction(lambda: LambdaClient, FunctionName: string): Promise<number> {
  const versions: number[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client: lambda }, { FunctionName }))
    versions.push(...Versions.map(({ Version }) => Number(Version)).filter(Number.isInteger));
  const old = versions.sort((a, b) => b - a).slice(keptVersions);
  let deleted = 0;
  for (const version of old) if (await isDeleted(lambda, FunctionName, version)) deleted++;
  return deleted;
}

async function isDeleted(lambda: LambdaClient, FunctionName: string, version: number): Promise<boolean> {
  try {
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: String(version) }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'ResourceConflictException') return false;
    throw error;
  }
}
