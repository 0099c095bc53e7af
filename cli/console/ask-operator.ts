import * as z from 'zod';
import { type OperationName, operations } from '#operate/core/operations.ts';
import { Failure } from '../edge/failure.ts';
import type { OperatorApi } from '../edge/operator-api.ts';

/** Fields that are left out are undefined in the page, and not there in JSON. */
const parameters = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]));

export const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

/** Asks the operator's API for the page. Nothing but its known operations is passed on. @throws Failure */
export async function askOperator(api: OperatorApi, name: OperationName, input: object): Promise<unknown> {
  const given = parameters.safeParse(input);
  if (!given.success) throw new Failure(`Parameters of ${name} are texts.`, 2);
  return api.ask(name, given.data);
}
