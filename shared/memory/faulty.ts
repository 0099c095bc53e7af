import { EdgeError } from '../core/log/edge-error.ts';

/** The process died here. Nothing it tries afterwards reaches the world. */
export class Crash extends EdgeError {
  override readonly name = 'Crash';
}

export interface CrashPlan {
  /** Which call, over all ports, from 1; Infinity to only count. */
  readonly at: number;
  /** Before its effect, or after its effect and before its answer. */
  readonly when: 'before' | 'after';
}

/** Ports with the calls begun, in order, such as `ledger.open`. */
export type Faulty<P> = P & { readonly calls: readonly string[] };

type Method = (...args: unknown[]) => unknown;

/** Methods without a promise; they cannot crash between effect and answer. */
const instant = new Set(['files.uri', 'clock.now', 'clock.random', 'log.info', 'log.warn', 'log.error']);

/** Ports of a process that dies at the planned call. */
export function faulty<P extends object>(ports: P, plan: CrashPlan): Faulty<P> {
  const death = new Death(plan);
  const wrapped = Object.entries(ports).map(([name, port]) => [name, wrap(name, port, death)]);
  return { ...(Object.fromEntries(wrapped) as P), calls: death.calls };
}

class Death {
  readonly calls: string[] = [];
  readonly #plan: CrashPlan;
  #dead = false;

  constructor(plan: CrashPlan) {
    this.#plan = plan;
  }

  /** Counts a call; gives what to run once its effect is done. */
  begin(call: string): () => void {
    this.#check(call, false);
    this.calls.push(call);
    const planned = this.calls.length === this.#plan.at;
    this.#check(call, planned && this.#plan.when === 'before');
    return () => this.#check(call, planned && this.#plan.when === 'after');
  }

  #check(call: string, dies: boolean): void {
    this.#dead ||= dies;
    if (this.#dead) throw new Crash(`the process died at call ${this.calls.length}, ${call}`);
  }
}

const wrap = <P extends object>(name: string, port: P, death: Death): P =>
  new Proxy(port, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      const call = `${name}.${String(property)}`;
      if (typeof value !== 'function' || instant.has(call)) return bound(value, target);
      const run = (args: unknown[]) => Reflect.apply(value as Method, target, args);
      if (call === 'files.read')
        return (...args: unknown[]) => reading(death, call, () => run(args) as AsyncIterable<Uint8Array>);
      return async (...args: unknown[]) => {
        const end = death.begin(call);
        const answer = await run(args);
        end();
        return answer;
      };
    },
  });

const bound = (value: unknown, target: object): unknown =>
  typeof value === 'function' ? value.bind(target) : value;

/** `after`: its first piece is read and not handed over. A dead process reads no further. */
async function* reading(death: Death, call: string, read: () => AsyncIterable<Uint8Array>) {
  const check = death.begin(call);
  for await (const piece of read()) {
    check();
    yield piece;
  }
  check();
}
