import type { VersionStore } from './version-store.ts';

/** Keeps states in memory, for tests and for consumers that rebuild their state at each start. Grows with each new aggregate. */
export class MemoryVersionStore<S> implements VersionStore<S> {
  readonly #versions = new Map<string, { readonly sequence: string; readonly state: S | undefined }>();

  async writeIfNewer(key: string, sequence: string, state: S | undefined): Promise<boolean> {
    const known = this.#versions.get(key);
    if (known && known.sequence >= sequence) return false;
    this.#versions.set(key, { sequence, state });
    return true;
  }

  /** The state; undefined when unknown or deleted. */
  state(key: string): S | undefined {
    return this.#versions.get(key)?.state;
  }

  /** The aggregates that exist. */
  states(): ReadonlyMap<string, S> {
    const living = [...this.#versions].filter(([, version]) => version.state !== undefined);
    return new Map(living.map(([key, version]) => [key, version.state as S]));
  }
}
