import * as z from 'zod';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';
import type { GivenRows } from './sheet-info.ts';

/** Rows of one sheet. Larger files are corrected outside of the page. */
const rowsMax = 20_000;

const shape = z.strictObject({
  integration: z.string(),
  id: z.string(),
  columns: z.array(z.string()).max(1_000),
  rows: z.array(z.strictObject({ id: z.string(), cells: z.array(z.string()) })).max(rowsMax),
});

/** @throws Failure */
export function givenRows({ input }: Pick<Call, 'input'>): GivenRows {
  const read = shape.safeParse(input);
  if (read.success) return read.data;
  throw new Failure(`The rows cannot be read: ${z.prettifyError(read.error)}`, 2);
}
