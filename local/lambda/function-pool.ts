import type { Readable } from 'node:stream';
import type { FunctionSpec, InvocationResult } from './function-spec.ts';
import { FunctionWorker } from './function-worker.ts';

const stoppedResult: InvocationResult = {
  kind: 'error',
  errorType: 'Local.Stopped',
  errorMessage: 'the local cloud was stopped',
};

/** A function's execution environments: warm ones are used again, at most `concurrencyMax` run at once, the rest wait. */
export class FunctionPool {
  readonly spec: FunctionSpec;
  readonly #log: (output: Readable) => void;
  readonly #warm: FunctionWorker[] = [];
  readonly #all = new Set<FunctionWorker>();
  readonly #busy = new Set<FunctionWorker>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #stopped = false;

  constructor(spec: FunctionSpec, log: (output: Readable) => void) {
    this.spec = spec;
    this.#log = log;
  }

  async invoke(payload: string, alias?: string): Promise<InvocationResult> {
    await this.#enter();
    if (this.#stopped) return stoppedResult;
    const worker = this.#warmed() ?? this.#start();
    this.#busy.add(worker);
    try {
      return await worker.invoke(payload, alias);
    } finally {
      this.#busy.delete(worker);
      this.#leave(worker);
    }
  }

  /** As for a caller that waits: undefined when the function's reserve is used up, as Lambda throttles then. */
  invokeNow(payload: string, alias?: string): Promise<InvocationResult> | undefined {
    const isFull = this.spec.reserved && this.#running >= this.spec.concurrencyMax;
    return isFull ? undefined : this.invoke(payload, alias);
  }

  /** Ends the worker whose invocation began first. False when none runs. */
  kill(): boolean {
    const [oldest] = this.#busy;
    oldest?.kill();
    return oldest !== undefined;
  }

  /** Ends what runs; what waits is answered with an error. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const enter of this.#waiting.splice(0)) enter();
    await Promise.all([...this.#all].map(worker => worker.stop()));
    this.#all.clear();
  }

  async #enter(): Promise<void> {
    if (this.#running < this.spec.concurrencyMax) this.#running++;
    else await new Promise<void>(resolve => this.#waiting.push(resolve));
  }

  /** A worker may have ended since its last invocation. */
  #warmed(): FunctionWorker | undefined {
    for (let worker = this.#warm.pop(); worker; worker = this.#warm.pop()) {
      if (worker.alive) return worker;
      this.#all.delete(worker);
    }
    return undefined;
  }

  #start(): FunctionWorker {
    const worker = new FunctionWorker(this.spec, this.#log);
    this.#all.add(worker);
    return worker;
  }

  #leave(worker: FunctionWorker): void {
    if (worker.alive) this.#warm.push(worker);
    else this.#all.delete(worker);
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
}
