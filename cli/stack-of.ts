import type { NamedStage } from '#shared/contract/named-stage.ts';
import { stackName } from '#shared/core/identity/resource-names.ts';
import config from '../edge.config.ts';

/** A stage with the prefix that edge.config.ts names. */
export function namedStage(name: string): NamedStage {
  const word = config.namePrefix?.[name];
  return { name, prefix: word === undefined ? '' : `${word}-` };
}

/** Name of a deployed stack: the prefix stands before it. */
export const stackOf = (id: string, stage: string): string => stackName(namedStage(stage), id);
