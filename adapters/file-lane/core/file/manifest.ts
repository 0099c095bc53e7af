import * as z from 'zod';
import { type Fault, fault } from '#shared/contract/fault.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { nearestOf } from '#shared/contract/options.ts';
import { isDecimal } from './control-totals.ts';
import { excerpt } from './excerpt.ts';

/** What a manifest says of its data file: bytes and SHA-256 as dropped, records, control totals by column. */
export interface Manifest {
  readonly bytes?: number | undefined;
  readonly records?: number | undefined;
  readonly sha256?: string | undefined;
  readonly totals: Readonly<Record<string, string>>;
}

const count = z.int().nonnegative();
const totalForm = 'expected a decimal string such as "1234.50", or a number of at most 15 digits';
// A double holds 15 significant digits; a total with more must be written as a string to be exact.
const exactNumber = z
  .number()
  .transform(String)
  .refine(text => isDecimal(text) && text.replace(/\D/g, '').length <= 15, totalForm);
const total = z.union([z.string().refine(isDecimal, totalForm), exactNumber], { error: totalForm });

const sha256 = z.string().regex(/^[0-9a-f]{64}$/i, 'expected 64 hexadecimal digits');

const schemaFor = (columns: readonly string[]) =>
  z.strictObject({
    bytes: count.optional(),
    records: count.optional(),
    sha256: sha256.optional(),
    totals: z.strictObject(Object.fromEntries(columns.map(column => [column, total.optional()]))).optional(),
  });

/**
 * Reads a manifest. `columns` are the lane's control totals: a total of any other column would not be checked, so it is
 * refused like every unknown key.
 */
export function parseManifest(text: string, columns: readonly string[]): Manifest | Fault {
  const json = parsed(text);
  if (!json) return broken('it is no JSON');
  const read = schemaFor(columns).safeParse(json.value);
  if (!read.success) return broken(issueInWords(itemAt(read.error.issues, 0, 'issue'), columns));
  const { totals = {}, ...rest } = read.data;
  const given = Object.entries(totals).filter(([, value]) => value !== undefined);
  return {
    ...rest,
    sha256: rest.sha256?.toLowerCase(),
    totals: Object.fromEntries(given) as Record<string, string>,
  };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function issueInWords(issue: z.core.$ZodIssue, columns: readonly string[]): string {
  const where = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return `${where || 'the manifest'}: ${issue.message}`;
  const known = where === 'totals' ? columns : ['bytes', 'records', 'sha256', 'totals'];
  const key = itemAt(issue.keys, 0, 'key');
  const nearest = nearestOf(key.slice(0, 100), known);
  const hint = nearest ? `did you mean "${nearest}"?` : `known: ${known.join(', ') || 'none'}`;
  return `${where ? `${where}: ` : ''}unknown key ${excerpt(key)}; ${hint}`;
}

const broken = (detail: string): Fault =>
  fault(
    'BROKEN_SIDECAR',
    {},
    `the manifest cannot be used: ${detail}`,
    'Write the manifest as the contract says and drop it again.',
  );
