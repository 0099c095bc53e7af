import * as z from 'zod';
import { type OperationName, operations } from '#operate/core/operations.ts';
import type { OperatorApi } from '../edge/operator-api.ts';
import type { Call } from './call.ts';
import { inputOf } from './input-of.ts';

/** Fields that are left out are undefined in the page, and not there in JSON. */
const parameters = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]));

export const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

/** Asks the operator's API for the page. Nothing but its known operations is passed on. @throws Failure */
export async function askOperator(
  api: OperatorApi,
  name: OperationName,
  call: Pick<Call, 'input'>,
): Promise<unknown> {
  return api.ask(name, inputOf(parameters, call, `The parameters of ${name} cannot be read`));
}
