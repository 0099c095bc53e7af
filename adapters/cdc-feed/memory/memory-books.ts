import type { BatchEntry } from '../core/feed/batch-entry.ts';
import type { KeptBooks } from '../ports.ts';

export class MemoryBooks implements KeptBooks {
  /** By key. */
  readonly entries = new Map<string, BatchEntry>();

  async keep(entry: BatchEntry): Promise<void> {
    this.entries.set(entry.key, entry);
  }
}
