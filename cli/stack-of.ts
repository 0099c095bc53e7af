import { stackName } from '#shared/core/identity/resource-names.ts';
import config from '../edge.config.ts';

/** Name of a deployed stack: `namePrefix` of edge.config.ts stands before it. */
export function stackOf(id: string, stage: string): string {
  const word = config.namePrefix?.[stage];
  return stackName({ name: stage, prefix: word === undefined ? '' : `${word}-` }, id);
}
