import { hash } from 'node:crypto';
import { Refusal } from '#shared/contract/field.ts';
import type { FileLane } from '../contract/file-lane.ts';

/**
 * A value for each cell of a column of the key, so that a file's rows are new to the lane: equal cells stay equal. Undefined where the
 * column takes none of the values that are tried, such as codes.
 */
export function freshKey(
  lane: Pick<FileLane, 'columns'>,
  column: string,
  token: string,
): ((cell: string) => string | undefined) | undefined {
  const field = lane.columns[column];
  if (!field || field.codes) return undefined;
  return cell => candidates(cell, token).find(value => !(field.read(value) instanceof Refusal));
}

/** What partners' keys look like: any text, and numbers of a fixed length behind a prefix. */
function candidates(cell: string, token: string): readonly string[] {
  const digits = digitsOf(`${token}/${cell}`);
  const replaced = cell.replace(/\d+(?=\D*$)/, number => digits.slice(0, number.length));
  return [`${cell}-${token}`, `${cell}${digits.slice(0, 9)}`, ...(replaced === cell ? [] : [replaced])];
}

/** Decimal digits that look random, none of them a leading zero. */
const digitsOf = (text: string): string => `7${BigInt(`0x${hash('sha256', text)}`).toString()}`.slice(0, 40);
