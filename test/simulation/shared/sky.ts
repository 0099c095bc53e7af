import { type FaultKind, type FaultOptions, Faults } from './faults.ts';
import { Process, type Seen } from './process.ts';
import { Random } from './random.ts';
import { Scheduler } from './scheduler.ts';
import { type ReceivedMessage, type SqsOptions, SqsQueue } from './sqs.ts';

export type SkyOptions = FaultOptions;

/** How a function is called for a queue. `handle` gives the ids of the messages that are not finished. */
export interface Poller {
  readonly concurrency: number;
  readonly batchSize: number;
  /** The function's timeout. */
  readonly seconds: number;
  readonly handle: (
    batch: readonly ReceivedMessage[],
    process: Process,
    remaining: () => number,
  ) => Promise<readonly string[]>;
}

interface Outage {
  readonly port: string;
  readonly kind: 'deny access' | 'bus is down';
  readonly from: number;
  readonly until: number;
}

const hour = 3_600_000;
const begin = Date.UTC(2026, 0, 5, 8);

/** What all simulated services share: time, faults, queues and the functions that run. */
export class Sky {
  readonly faults: Faults;
  /** Invocations that are alive and not finished. */
  readonly running = new Map<string, Process>();
  readonly scheduler = new Scheduler(
    begin,
    () => this.#computing === 0 && [...this.running.values()].every(({ isQuiet }) => isQuiet),
  );
  readonly marks = new Set<string>();
  /** Epoch milliseconds: until then, faults happen. */
  readonly faultsUntil: number;
  readonly #seed: string;
  readonly #outages: readonly Outage[];
  readonly #observe: (seen: Seen) => void;
  /** So far. */
  invocations = 0;
  #computing = 0;

  constructor(options: SkyOptions, ports: readonly string[], observe: (seen: Seen) => void) {
    this.faults = new Faults(options);
    this.#seed = options.seed;
    this.#observe = observe;
    this.faultsUntil = begin + this.random('faults until').between(1, 12) * hour;
    this.#outages = this.#plan('deny access', ports, 2 * hour).concat(
      this.#plan('bus is down', ['bus'], 10 * hour),
    );
  }

  /** For what a world does on threads: nothing else happens meanwhile. */
  async compute<T>(work: () => Promise<T>): Promise<T> {
    this.#computing += 1;
    try {
      return await work();
    } finally {
      this.#computing -= 1;
    }
  }

  random(name: string): Random {
    return new Random(`${this.#seed} ${name}`);
  }

  queue(name: string, options: Pick<SqsOptions, 'visibilitySeconds' | 'deadLetters'>): SqsQueue {
    return new SqsQueue({
      ...options,
      name,
      scheduler: this.scheduler,
      faults: this.faults,
      seed: this.#seed,
    });
  }

  /** Hands messages to as many invocations at once as may run, as an event source mapping does. What they finish is deleted. */
  poll(queue: SqsQueue, { concurrency, batchSize, seconds, handle }: Poller): void {
    let busy = 0;
    const look = () => {
      while (busy < concurrency) {
        const batch = queue.receiveBatch(batchSize);
        if (batch.length === 0) return;
        busy += 1;
        const work = async (process: Process, remaining: () => number) => {
          const failed = await handle(batch, process, remaining);
          for (const { messageId, receiptHandle } of batch)
            if (!failed.includes(messageId)) queue.delete(receiptHandle);
        };
        this.invoke(seconds, work, () => {
          busy -= 1;
          this.scheduler.after(1, look);
        });
      }
    };
    queue.onVisible = look;
  }

  /** Runs one invocation until it ends, fails, dies or is out of time. */
  invoke(
    seconds: number,
    work: (process: Process, remaining: () => number) => Promise<void>,
    onEnd: () => void = () => undefined,
  ): void {
    this.invocations += 1;
    const { faults, scheduler } = this;
    const process: Process = new Process(`invocation-${this.invocations}`, {
      faults,
      scheduler,
      seed: this.#seed,
      observe: this.#observe,
      outageOf: port => this.#outageOf(port),
      onDeath: id => {
        this.running.delete(id);
        onEnd();
      },
    });
    this.running.set(process.id, process);
    const ends = scheduler.now() + seconds * 1000;
    scheduler.after(seconds * 1000, () => process.die());
    const end = () => process.die();
    work(process, () => ends - scheduler.now()).then(end, end);
  }

  /** Who is alive, and what each waits for. */
  describe(): string[] {
    return [...this.running.values()].map(
      ({ id, waiting }) => `${id} waits for ${[...waiting.values()].join(', ')}`,
    );
  }

  #outageOf(port: string): Outage['kind'] | undefined {
    if (this.faults.areOver) return undefined;
    const now = this.scheduler.now();
    return this.#outages.find(outage => outage.port === port && outage.from <= now && now < outage.until)
      ?.kind;
  }

  #plan(kind: Outage['kind'] & FaultKind, ports: readonly string[], most: number): Outage[] {
    const found = this.faults.at(`outage of ${ports.join(', ')}`, [kind]);
    if (!found) return [];
    const from = begin + found.random.between(0, hour);
    // Most are short.
    const until = from + 60_000 + found.random.next() ** 3 * most;
    return [{ kind, port: found.random.pick(ports) ?? 'bus', from, until }];
  }
}
