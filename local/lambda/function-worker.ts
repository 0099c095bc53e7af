import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionSpec, InvocationResult } from './function-spec.ts';
import { contextOf, newTraceId } from './invocation-context.ts';

type Message =
  | { readonly kind: 'ready' }
  | InvocationResult
  | {
      readonly kind: 'broken';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly stack: string;
    };

/** Lambda gives 10 s; a busy laptop may take longer. */
const initSecondsMax = 60;

const neverReady: InvocationResult = {
  kind: 'error',
  errorType: 'Sandbox.Timedout',
  errorMessage: `the bundle was not loaded after ${initSecondsMax} seconds`,
};

const bootstrap = new URL('./bootstrap.mjs', import.meta.url);

/** One execution environment: a worker thread that handles one invocation at a time. */
export class FunctionWorker {
  readonly #spec: FunctionSpec;
  readonly #worker: Worker;
  readonly #ready: Promise<InvocationResult | undefined>;
  #settle: ((result: InvocationResult | undefined) => void) | undefined;
  #dead: InvocationResult | undefined;

  constructor(spec: FunctionSpec, log: (output: Readable) => void) {
    this.#spec = spec;
    this.#worker = new Worker(bootstrap, {
      name: spec.name,
      env: { ...spec.environment },
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      // The whole MemorySize is heap here; Lambda counts buffers and code too.
      resourceLimits: { maxOldGenerationSizeMb: spec.memoryMegabytes },
      workerData: { modulePath: spec.modulePath, exportName: spec.exportName, context: contextOf(spec) },
    });
    log(this.#worker.stdout);
    log(this.#worker.stderr);
    const slow = setTimeout(() => this.#end(neverReady), initSecondsMax * 1000);
    this.#ready = this.#next().finally(() => clearTimeout(slow));
    this.#worker.on('message', (message: Message) => this.#onMessage(message));
    this.#worker.on('error', problem => this.#end(errorOf(problem)));
    this.#worker.on('exit', code =>
      this.#end({ kind: 'error', errorType: 'Runtime.ExitError', errorMessage: `exited with ${code}` }),
    );
  }

  get alive(): boolean {
    return this.#dead === undefined;
  }

  /** Never rejects: what the handler throws, and a timeout, are results. After a timeout the worker is gone. */
  async invoke(payload: string, alias?: string): Promise<InvocationResult> {
    const broken = this.#dead ?? (await this.#ready);
    if (broken) return broken;
    const milliseconds = this.#spec.timeoutSeconds * 1000;
    const requestId = randomUUID();
    const timer = setTimeout(() => this.#timeOut(requestId), milliseconds);
    try {
      const answer = this.#next();
      this.#worker.postMessage({
        ...{ payload, alias, requestId },
        deadline: Date.now() + milliseconds,
        traceId: newTraceId(),
      });
      return (await answer) ?? { kind: 'result', payload: 'null' };
    } finally {
      clearTimeout(timer);
    }
  }

  /** In the middle of whatever it does. */
  kill(): void {
    this.#end({
      kind: 'error',
      errorType: 'Runtime.ExitError',
      errorMessage: 'Error: Runtime exited with error: signal: killed',
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #next(): Promise<InvocationResult | undefined> {
    return new Promise(resolve => {
      this.#settle = resolve;
    });
  }

  #onMessage(message: Message): void {
    if (message.kind === 'broken') this.#end({ ...message, kind: 'error' });
    else this.#answer(message.kind === 'ready' ? undefined : message);
  }

  #timeOut(requestId: string): void {
    const seconds = this.#spec.timeoutSeconds.toFixed(2);
    this.#end({
      kind: 'error',
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
    });
  }

  #end(result: InvocationResult): void {
    if (this.#dead) return;
    this.#dead = result;
    this.#answer(result);
    void this.#worker.terminate();
  }

  #answer(result: InvocationResult | undefined): void {
    this.#settle?.(result);
    this.#settle = undefined;
  }
}

const errorOf = (problem: Error): InvocationResult => ({
  kind: 'error',
  errorType: problem.name,
  errorMessage: problem.message,
  stack: problem.stack ?? '',
});
