import { ContractError } from './options.ts';

/** @throws ContractError */
export function requireThat(where: string, holds: boolean, message: string): asserts holds {
  if (!holds) throw new ContractError(`${where}: ${message}`);
}
