import { type Fault, fault } from '#shared/contract/fault.ts';

/** How a contract's own code failed; never quotes what it threw, which may hold values of the input. */
export class Failed {
  readonly fault: Fault;

  constructor(error: unknown, what = 'the mapping', column?: string) {
    const name = error instanceof Error ? error.name : 'a value';
    this.fault = fault('MAPPING_FAILED', column === undefined ? {} : { column }, `${what} threw ${name}`);
  }
}

/** What a contract's code, or ours, throws over a change is a fault of the change, never of the feed. */
export function attempt<T>(work: () => T, what?: string): T | Failed {
  try {
    return work();
  } catch (error) {
    return new Failed(error, what);
  }
}
