import type { KeptVersion } from '../core/audit/finding.ts';
import type { Trail, TrailPage } from '../ports.ts';

export class MemoryTrail implements Trail {
  /** The newest first. */
  readonly #objects = new Map<string, KeptVersion[]>();

  /** Another version, as someone with more rights than the writer could write it; undefined: a delete marker. */
  put(key: string, text: string | undefined): void {
    const versions = this.#objects.get(key) ?? [];
    const version = {
      versionId: `v${versions.length + 1}`,
      at: new Date(versions.length).toISOString(),
      text,
    };
    this.#objects.set(key, [version, ...versions]);
  }

  /** As someone could who may get around the lock. */
  remove(key: string): void {
    this.#objects.delete(key);
  }

  async create(key: string, text: string): Promise<'created' | 'exists'> {
    if (this.#objects.get(key)?.[0]?.text !== undefined) return 'exists';
    this.put(key, text);
    return 'created';
  }

  async read(key: string): Promise<string | undefined> {
    return this.#objects.get(key)?.[0]?.text;
  }

  async kept({ prefix, after = '', limit, bytesMax }: TrailPage) {
    const keys = [...this.#objects.keys()].filter(key => key.startsWith(prefix) && key > after).sort();
    const objects = keys.map(key => ({ key, versions: this.#objects.get(key) ?? [] }));
    let bytes = 0;
    const chosen = objects.filter((object, i) => {
      bytes += object.versions.reduce((sum, { text = '' }) => sum + text.length, 0);
      return i === 0 || (bytes <= bytesMax && i < limit);
    });
    return { objects: chosen, isLast: chosen.length === objects.length };
  }
}
