import * as z from 'zod';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';

/** What a call of the page brings. @throws Failure that begins with `problem`, where it has another shape. */
export function inputOf<T>(shape: z.ZodType<T>, { input }: Pick<Call, 'input'>, problem: string): T {
  const read = shape.safeParse(input);
  if (read.success) return read.data;
  throw new Failure(`${problem}: ${z.prettifyError(read.error)}`, 2);
}
