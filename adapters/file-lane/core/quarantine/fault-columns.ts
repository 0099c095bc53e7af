/**
 * What stands after the file's own columns in a file of rejected rows. `fault_row` is the row as it came, where it has no columns
 * of its own; `fault_id` names the row, so that a correction finds it again.
 */
export const faultColumns = [
  'fault_line',
  'fault_column',
  'fault_code',
  'fault_problem',
  'fault_remedy',
  'fault_row',
  'fault_id',
] as const;

export type FaultColumn = (typeof faultColumns)[number];

export const isFaultColumn = (name: string): name is FaultColumn =>
  (faultColumns as readonly string[]).includes(name);

/** Whether these are headers of a file of rejected rows, and not by chance. */
export const hasFaultColumns = (headers: readonly string[]): boolean =>
  headers.includes('fault_code') && headers.includes('fault_id');
