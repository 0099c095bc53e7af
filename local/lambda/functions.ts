import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CalledFunction } from './called-function.ts';
import { FunctionLog } from './function-log.ts';
import { FunctionPool } from './function-pool.ts';
import type { FunctionSpec, InvocationResult } from './function-spec.ts';
import { FunctionVersions } from './function-versions.ts';

/** All declared functions by name, each with its pool and its log. */
export class Functions {
  readonly #functions = new Map<string, { readonly versions: FunctionVersions; readonly log: FunctionLog }>();
  readonly #logDirectory: string;
  #onInvoke: (name: string) => void = () => undefined;
  #stopping: Promise<void> | undefined;

  constructor(specs: readonly FunctionSpec[], logDirectory: string) {
    this.#logDirectory = logDirectory;
    mkdirSync(logDirectory, { recursive: true });
    for (const spec of specs) {
      const log = new FunctionLog(this.logPath(spec.name));
      const start = (of: FunctionSpec) => new FunctionPool(of, output => log.follow(output));
      this.#functions.set(spec.name, { versions: new FunctionVersions(spec, start), log });
    }
  }

  get names(): readonly string[] {
    return [...this.#functions.keys()];
  }

  find(name: string): FunctionVersions | undefined {
    return this.#functions.get(name)?.versions;
  }

  onLine(name: string, listener: (line: string) => void): void {
    this.#find(name).log.onLine(listener);
  }

  logPath(name: string): string {
    return join(this.#logDirectory, `${name}.log`);
  }

  /** Called with the name of each function that is invoked. */
  onInvoke(listener: (name: string) => void): void {
    this.#onInvoke = listener;
  }

  /** Ends an execution environment in the middle of its invocation, as where a machine fails. False when none runs. */
  kill(name: string): boolean {
    return this.#find(name).versions.pools.some(pool => pool.kill());
  }

  /** @throws Error when there is no such function; what happens inside is a result. */
  async invoke({ name, alias }: CalledFunction, payload: string): Promise<InvocationResult> {
    const pool = this.#find(name).versions.poolOf(alias);
    this.#onInvoke(name);
    return this.#logged(name, pool.invoke(payload, alias));
  }

  /** Whether there is such a function, and such an alias of it. */
  has({ name, alias }: CalledFunction): boolean {
    return this.find(name)?.has(alias) ?? false;
  }

  /** Undefined when the function is throttled. */
  invokeNow({ name, alias }: CalledFunction, payload: string): Promise<InvocationResult> | undefined {
    const running = this.#find(name).versions.poolOf(alias).invokeNow(payload, alias);
    if (running) this.#onInvoke(name);
    return running && this.#logged(name, running);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #logged(name: string, running: Promise<InvocationResult>): Promise<InvocationResult> {
    const result = await running;
    if (result.kind === 'error')
      this.#find(name).log.error(`${result.errorType}: ${result.errorMessage} ${result.stack ?? ''}`);
    return result;
  }

  async #stop(): Promise<void> {
    const all = [...this.#functions.values()];
    await Promise.all(all.flatMap(({ versions }) => versions.pools.map(pool => pool.stop())));
    await Promise.all(all.map(({ log }) => log.stop()));
  }

  #find(name: string) {
    const found = this.#functions.get(name);
    if (!found) throw new Error(`no function is called ${name}`);
    return found;
  }
}
