import type { Quota } from '../ports.ts';

export class MemoryQuota implements Quota {
  readonly #windows = new Map<string, number>();

  async take({ name, seconds, max, now }: Parameters<Quota['take']>[0]) {
    const window = Math.floor(now / 1000 / seconds);
    const key = `${name}#${window}`;
    const taken = this.#windows.get(key) ?? 0;
    if (taken >= max) return { kind: 'exhausted' as const, endsAt: (window + 1) * seconds * 1000 };
    this.#windows.set(key, taken + 1);
    return { kind: 'taken' as const };
  }
}
