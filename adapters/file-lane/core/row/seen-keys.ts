import { limits } from '#shared/contract/limits.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import type { Row } from './make-row.ts';

/**
 * Finds rows whose key an earlier row had. Where a key has versions or is written once, repeated rows have an outcome of their
 * own, and none is found. Remembers a bounded number of keys.
 */
export class SeenKeys {
  readonly #isAsked: boolean;
  readonly #keys = new Set<string>();

  constructor({ version, writeOnce }: Pick<FileLane, 'version' | 'writeOnce'>) {
    this.#isAsked = version === undefined && writeOnce === undefined;
  }

  /** Lines of the rows that repeat a key. */
  repeatedIn(rows: readonly Row[]): readonly number[] {
    if (!this.#isAsked) return [];
    const lines: number[] = [];
    for (const { events, at } of rows) {
      if (events.kind !== 'events') continue;
      if (this.#keys.has(events.key)) lines.push(at.line);
      else if (this.#keys.size < limits.seenKeysMax) this.#keys.add(events.key);
    }
    return lines;
  }
}
