import type { Fault } from '#shared/contract/fault.ts';

/** The fault that names why a record is quarantined. @throws Error when there is none, which is a bug. */
export function firstFault([first]: readonly Fault[]): Fault {
  if (!first) throw new Error('a record was quarantined without a fault');
  return first;
}
