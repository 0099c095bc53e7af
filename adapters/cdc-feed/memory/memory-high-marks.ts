import type { HighMark } from '../core/feed/high-mark.ts';
import type { HighMarks, StoredMark } from '../ports.ts';

export class MemoryHighMarks implements HighMarks {
  readonly #marks = new Map<string, StoredMark>();

  async read(key: string): Promise<StoredMark | undefined> {
    return this.#marks.get(key);
  }

  async store(key: string, mark: HighMark, over: StoredMark | undefined): Promise<boolean> {
    if (this.#marks.get(key)?.revision !== over?.revision) return false;
    this.#marks.set(key, { mark, revision: (over?.revision ?? 0) + 1 });
    return true;
  }
}
