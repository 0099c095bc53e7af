import { AccessDenied, type BusAnswer, type BusEntry } from '#shared/ports.ts';
import { busFaults, callFaults, type FaultKind, type Faults, machineFaults } from './faults.ts';
import { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** A service did not do what was asked, or did it and the answer was lost. */
export class ServiceFailed extends Error {
  override readonly name = 'ServiceFailed';
}

export interface Nature {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly seed: string;
  /** Whether calls of this port are denied, or fail, now. */
  readonly outageOf: (port: string) => 'deny access' | 'bus is down' | undefined;
  /** Called with each call that had an effect. */
  readonly observe: (seen: Seen) => void;
  /** Called once, when the invocation ends in any way. */
  readonly onDeath: (id: string) => void;
}

/** A call that was made, and what the service answered. */
export interface Seen {
  readonly call: string;
  readonly args: readonly unknown[];
  readonly answer: unknown;
}

type Call = (...args: unknown[]) => unknown;

const halfAnHour = 1_800_000;

/** Methods that are no calls to a service. */
const instant = new Set(['files.uri', 'clock.now', 'clock.random', 'log.info', 'log.warn', 'log.error']);

/**
 * One invocation. Each of its calls is parked until its time comes, so that others act between. Death means that nothing is
 * answered any more: no `finally` sees it, and what was sent before still arrives.
 */
export class Process {
  readonly id: string;
  readonly #nature: Nature;
  readonly #random: Random;
  /** This machine's clock is so many milliseconds ahead. */
  readonly #skew: number;
  /** Calls that wait for their answer, by number. */
  readonly waiting = new Map<number, string>();
  #calls = 0;
  #computing = 0;
  #isAlive = true;

  constructor(id: string, nature: Nature) {
    this.id = id;
    this.#nature = nature;
    this.#random = new Random(`${nature.seed} ${id}`);
    const wrong = nature.faults.at('clock', machineFaults);
    this.#skew = wrong ? wrong.random.between(-halfAnHour, halfAnHour) : this.#random.between(-2_000, 2_000);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** For what a world sees of its own accord. */
  note(seen: Seen): void {
    this.#nature.observe(seen);
  }

  /** Whether it can do nothing before something is due. */
  get isQuiet(): boolean {
    return this.#computing === 0 && this.waiting.size > 0;
  }

  /** For work on threads, which takes real time: nothing else happens meanwhile. */
  async compute<T>(work: () => Promise<T>): Promise<T> {
    this.#computing += 1;
    try {
      return await work();
    } finally {
      this.#computing -= 1;
    }
  }

  die(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#nature.onDeath(this.id);
  }

  now(): number {
    return this.#nature.scheduler.now() + this.#skew;
  }

  /** The ports as this invocation reaches them. */
  wrap<P extends object>(ports: P): P {
    const wrapped = Object.entries(ports).map(([name, port]) => [name, this.#wrapPort(name, port as object)]);
    return Object.fromEntries(wrapped) as P;
  }

  #wrapPort(name: string, port: object): object {
    if (name === 'clock') return this.#clock();
    return new Proxy(port, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        const call = `${name}.${String(property)}`;
        const run = (...args: unknown[]): unknown => Reflect.apply(value as Call, target, args);
        if (instant.has(call)) return run;
        if (call === 'files.read')
          return (...args: unknown[]) => this.#read(run(...args) as AsyncIterable<Uint8Array>);
        return (...args: unknown[]) =>
          this.call(
            call,
            args.map(arg => this.#whileAlive(arg)),
            run,
          );
      },
    });
  }

  #clock(): object {
    return {
      now: () => this.now(),
      random: () => this.#random.next(),
      sleep: (milliseconds: number) => this.#park('clock.sleep', milliseconds),
    };
  }

  /** Never ends for the dead. */
  #park(call: string, milliseconds: number): Promise<void> {
    this.#calls += 1;
    const number = this.#calls;
    this.waiting.set(number, call);
    return new Promise(resolve => {
      this.#nature.scheduler.after(milliseconds, () => {
        this.waiting.delete(number);
        if (this.#isAlive) resolve();
      });
    });
  }

  #latency(): number {
    return 1 + this.#random.next() * 20;
  }

  /** Calls a service, with all that can go wrong on the way. */
  async call(call: string, args: readonly unknown[], run: Call): Promise<unknown> {
    const { faults, scheduler } = this.#nature;
    const fault = faults.at(call, faultsOf(call, args));
    this.#calls += 1;
    const number = this.#calls;
    const answer = new Promise<unknown>((resolve, reject) => {
      const back = (give: () => void) => {
        const late = fault?.kind === 'answer late' ? fault.random.between(1_000, 30_000) : 0;
        this.waiting.set(number, call);
        scheduler.after(this.#latency() + late, () => {
          if (this.#isAlive) give();
        });
      };
      scheduler.after(this.#latency(), () => {
        // The service may read a body that this invocation makes meanwhile.
        this.waiting.delete(number);
        this.#arrive({ call, args, run }, fault).then(
          value => back(() => resolve(value)),
          error => back(() => reject(error)),
        );
      });
    });
    this.waiting.set(number, call);
    try {
      return await answer;
    } finally {
      this.waiting.delete(number);
    }
  }

  /** The request is at the service. */
  async #arrive({ call, args, run }: Request, fault: ReturnType<Faults['at']>): Promise<unknown> {
    const { outageOf, observe, scheduler } = this.#nature;
    const effect = async () => {
      const answer = await run(...args);
      observe({ call, args, answer });
      return answer;
    };
    const outage = outageOf(call.slice(0, call.indexOf('.')));
    if (outage) return this.#refused(call, args, outage);
    switch (fault?.kind) {
      case 'die before':
        this.die();
        return undefined;
      case 'die after':
        await effect();
        this.die();
        return undefined;
      case 'fail before':
        throw new ServiceFailed(`${call} failed before its effect`);
      case 'fail after':
        await effect();
        throw new ServiceFailed(`${call} failed after its effect`);
      case 'fail, effect later':
        scheduler.after(fault.random.between(10, 3_000), () => void effect().catch(() => undefined));
        throw new ServiceFailed(`${call} got no answer`);
      case 'repeat':
        await effect().catch(() => undefined);
        return effect();
      default:
        return fault && call === 'bus.put' && fault.kind !== 'answer late'
          ? putPartly({ entries: args[0] as readonly BusEntry[], effect: some => run(some), fault })
          : effect();
    }
  }

  #refused(call: string, args: readonly unknown[], outage: 'deny access' | 'bus is down'): unknown {
    if (call === 'bus.put') {
      const kind = outage === 'deny access' ? 'denied' : 'throttled';
      return (args[0] as readonly BusEntry[]).map(() => ({ kind, reason: outage }));
    }
    if (outage === 'deny access') throw new AccessDenied(`${call} is denied`);
    throw new ServiceFailed(outage);
  }

  /** A dead invocation sends no more of a body. */
  #whileAlive(arg: unknown): unknown {
    if (arg === null || typeof arg !== 'object' || !(Symbol.asyncIterator in arg)) return arg;
    return this.#pieces(arg as AsyncIterable<unknown>);
  }

  async *#pieces(source: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    for await (const piece of source) {
      if (!this.#isAlive) await new Promise(() => undefined);
      yield piece;
    }
  }

  /** Nothing is asked before the first piece is. */
  async *#read(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    await this.call('files.read', [], async () => undefined);
    for await (const piece of pieces) {
      yield piece;
      if (this.#random.chance(0.2)) await this.call('files.read on', [], async () => undefined);
    }
  }
}

interface Request {
  readonly call: string;
  readonly args: readonly unknown[];
  readonly run: Call;
}

/** A bus answers always. A body that is read piece by piece is sent once. */
function faultsOf(call: string, args: readonly unknown[]): readonly FaultKind[] {
  if (call === 'bus.put') return [...busFaults, 'die before', 'die after', 'answer late'];
  const isStreaming = args.some(
    arg => typeof arg === 'object' && arg !== null && Symbol.asyncIterator in arg,
  );
  return isStreaming
    ? callFaults.filter(kind => kind !== 'repeat' && kind !== 'fail, effect later')
    : callFaults;
}

interface PartialPut {
  readonly entries: readonly BusEntry[];
  readonly effect: (entries: readonly BusEntry[]) => unknown;
  readonly fault: NonNullable<ReturnType<Faults['at']>>;
}

/** The bus takes some entries of a call, and answers each in its place. */
async function putPartly({
  entries,
  effect,
  fault: { kind, random },
}: PartialPut): Promise<readonly BusAnswer[]> {
  if (kind === 'no answer, taken') await effect(entries);
  if (kind !== 'throttle some') return entries.map(() => ({ kind: 'unknown', reason: 'TimeoutError' }));
  const isTaken = entries.map(() => random.chance(0.5));
  const taken = entries.filter((_, i) => isTaken[i]);
  if (taken.length > 0) await effect(taken);
  return isTaken.map(each =>
    each ? { kind: 'accepted' } : { kind: 'throttled', reason: 'InternalFailure' },
  );
}
