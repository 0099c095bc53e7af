import type { DeployedFunction } from '../core/deployed/deployed-function.ts';
import type { Deployed, MovedFunction } from '../deployed-ports.ts';

/** Functions as a test puts them. */
export class MemoryDeployed implements Deployed {
  /** Whether CodeDeploy has a deployment under way. */
  isDeploying = false;
  readonly #functions = new Map<string, readonly DeployedFunction[]>();

  put(integration: string, ...functions: readonly DeployedFunction[]): void {
    this.#functions.set(integration, functions);
  }

  async functions({ id }: { readonly id: string }): Promise<readonly DeployedFunction[]> {
    return this.#functions.get(id) ?? [];
  }

  async stop({ id }: { readonly id: string }): Promise<boolean> {
    if (!this.isDeploying) return false;
    this.isDeploying = false;
    this.#change(id, one => ({ ...one, canary: undefined }));
    return true;
  }

  async note({ name }: MovedFunction, note: string): Promise<void> {
    for (const id of this.#functions.keys())
      this.#change(id, one => (one.name === name ? { ...one, note } : one));
  }

  async move(
    { name }: MovedFunction,
    { version, note }: { readonly version: string; readonly note: string },
  ): Promise<void> {
    for (const id of this.#functions.keys())
      this.#change(id, one => (one.name === name ? { ...one, live: version, note, canary: undefined } : one));
  }

  #change(id: string, by: (one: DeployedFunction) => DeployedFunction): void {
    this.#functions.set(id, (this.#functions.get(id) ?? []).map(by));
  }
}
