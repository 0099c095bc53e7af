import * as z from 'zod';
import type { Call } from './call.ts';
import { inputOf } from './input-of.ts';
import type { GivenRows } from './sheet-info.ts';

/** Rows of one sheet. Larger files are corrected outside of the page. */
const rowsMax = 20_000;

const shape = z
  .strictObject({
    integration: z.string(),
    id: z.string(),
    columns: z.array(z.string()).max(1_000),
    rows: z.array(z.strictObject({ id: z.string(), cells: z.array(z.string()) })).max(rowsMax),
  })
  .refine(
    ({ columns, rows }) => rows.every(({ cells }) => cells.length === columns.length),
    'Each row has one cell for each column.',
  );

/** @throws Failure */
export const givenRows = (call: Pick<Call, 'input'>): GivenRows =>
  inputOf(shape, call, 'The rows cannot be read');
