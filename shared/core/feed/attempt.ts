import { type Fault, fault } from '../../contract/fault.ts';

/** How a contract's own code failed; never quotes what it threw, which may hold values of the input. */
export class Failed {
  readonly fault: Fault;

  constructor(error: unknown, what = 'the mapping', column?: string) {
    const name = error instanceof Error ? error.name : 'a value';
    this.fault = fault('MAPPING_FAILED', column === undefined ? {} : { column }, `${what} threw ${name}`);
  }
}

/** Runs a contract's code. What it throws is a fault of the change, never of the feed. */
export function attempt<T>(map: () => T): T | Failed {
  try {
    return map();
  } catch (error) {
    return new Failed(error);
  }
}
