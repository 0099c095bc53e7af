import type { IncomingMessage } from 'node:http';
import { accessKeyOf } from '../credential-scope.ts';
import type { Fate } from '../faults.ts';
import { principalOf, userPrefix } from '../iam/permissions.ts';
import { shareOf } from './share-of.ts';

/** How often each fault happens at its occasions, before the seed changes it. */
const shares = {
  throttled: 0.02,
  'failed before its effect': 0.02,
  'done, but not answered': 0.02,
  'answered late': 0.02,
  'denied for a while': 0.004,
  'took a part of the entries': 0.05,
  'received twice': 0.06,
  'visible again while in work': 0.06,
  'came again after it was deleted': 0.06,
  'brought twice': 0.06,
  killed: 0.1,
} as const;

export type ChaosFault = keyof typeof shares;

/** What was done, and how often. `where`: a service, a queue or a function. */
export interface ChaosDone {
  readonly where: string;
  readonly fault: ChaosFault;
  readonly times: number;
}

const callFaults = [
  'throttled',
  'failed before its effect',
  'done, but not answered',
  'answered late',
] as const;
const deliveryFaults = [
  'received twice',
  'visible again while in work',
  'came again after it was deleted',
] as const;

/** Above the timeouts of the clients: they get no answer to some calls. */
const lateMillisecondsMax = 7_000;
const deniedMilliseconds = { least: 3_000, most: 12_000 };
/** After so long, an invocation that is to be killed is killed, if it still runs. */
const killedAfterMillisecondsMax = 1_500;

/** What happens to a batch of a queue: how it comes again, and after how many seconds. */
export interface Redelivery {
  readonly fault: (typeof deliveryFaults)[number];
  readonly seconds: number;
}

export interface ChaosOptions {
  readonly kinds?: readonly ChaosFault[];
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * Decides what goes wrong in the local cloud. Each decision depends on the seed and its occasion, such as the seventh PutItem, so
 * that the same calls meet the same faults. Only calls of functions fail: partners, providers and operators have other faults.
 */
export class Chaos {
  readonly seed: string;
  readonly #times = new Map<string, number>();
  readonly #done = new Map<string, ChaosDone>();
  /** Until when (epoch milliseconds) a role may not do an action. */
  readonly #denied = new Map<string, number>();
  readonly #kinds: readonly ChaosFault[] | undefined;
  readonly #now: () => number;
  #isOn = false;

  /** `kinds`: the faults that may happen; default: all. */
  constructor(seed: string, { kinds, now = Date.now }: ChaosOptions = {}) {
    this.seed = seed;
    this.#kinds = kinds;
    this.#now = now;
  }

  /** From now on, things go wrong. */
  begin(): void {
    this.#isOn = true;
  }

  /** Nothing goes wrong any more. */
  end(): void {
    this.#isOn = false;
  }

  /** By place and fault. */
  get done(): readonly ChaosDone[] {
    return [...this.#done.values()].sort(
      (a, b) => a.where.localeCompare(b.where) || a.fault.localeCompare(b.fault),
    );
  }

  /** Of one call to a service. */
  fateOf(service: string, request: IncomingMessage): Fate {
    if (principalOf(accessKeyOf(request)) === undefined) return 'done';
    const occasion = this.#occasion(`${service} ${actionOf(request)}`);
    const fault = this.#pick(callFaults, service, occasion);
    switch (fault) {
      case undefined:
        return 'done';
      case 'throttled':
        return 'refused';
      case 'failed before its effect':
        return 'failed';
      case 'done, but not answered':
        return 'lost';
      case 'answered late':
        return {
          lateMilliseconds: Math.ceil(shareOf(`${this.seed} late ${occasion}`) * lateMillisecondsMax),
        };
    }
  }

  /** Whether a role may not do an action now, whatever its policies say. */
  denies(principal: string, action: string): boolean {
    const what = `${principal} ${action}`;
    if (!this.#isOn || principal.startsWith(userPrefix)) return false;
    if ((this.#denied.get(what) ?? 0) > this.#now()) return true;
    const occasion = this.#occasion(`deny ${what}`);
    if (!this.#pick(['denied for a while'], action, occasion)) return false;
    const { least, most } = deniedMilliseconds;
    this.#denied.set(what, this.#now() + least + shareOf(`${this.seed} until ${occasion}`) * (most - least));
    return true;
  }

  /** Which entries of a call of PutEvents the bus does not take. */
  refusedEntries(request: IncomingMessage, entries: number): ReadonlySet<number> {
    if (principalOf(accessKeyOf(request)) === undefined) return new Set();
    const occasion = this.#occasion('entries');
    if (!this.#pick(['took a part of the entries'], 'events', occasion)) return new Set();
    const all = Array.from({ length: entries }, (_, n) => n);
    const refused = all.filter(n => shareOf(`${this.seed} entry ${n} ${occasion}`) < 0.5);
    return new Set(refused.length > 0 ? refused : [0]);
  }

  redeliveryOf(queue: string): Redelivery | undefined {
    const occasion = this.#occasion(`receive ${queue}`);
    const fault = this.#pick(deliveryFaults, queue, occasion);
    if (!fault) return undefined;
    const seconds = Math.ceil(shareOf(`${this.seed} again ${occasion}`) * 3);
    return { fault, seconds: fault === 'received twice' ? 0 : seconds };
  }

  /** Whether the batch of a stream is brought again after it was done, as where the reader's checkpoint is lost. */
  isBroughtTwice(stream: string): boolean {
    return this.#pick(['brought twice'], stream, this.#occasion(`batch ${stream}`)) !== undefined;
  }

  /** After how many milliseconds an invocation is killed. `noteKill` counts those that still ran then. */
  deathOf(functionName: string): number | undefined {
    const occasion = this.#occasion(`invoke ${functionName}`);
    if (!this.#isOn || !this.#happens('killed', occasion)) return undefined;
    return Math.ceil(shareOf(`${this.seed} death ${occasion}`) ** 2 * killedAfterMillisecondsMax);
  }

  noteKill(functionName: string): void {
    this.#note(functionName, 'killed');
  }

  #pick<F extends ChaosFault>(faults: readonly F[], where: string, occasion: string): F | undefined {
    const fault = this.#isOn ? faults.find(each => this.#happens(each, occasion)) : undefined;
    if (fault) this.#note(where, fault);
    return fault;
  }

  #happens(fault: ChaosFault, occasion: string): boolean {
    if (this.#kinds && !this.#kinds.includes(fault)) return false;
    const weight = 0.3 + 1.4 * shareOf(`${this.seed} weight ${fault}`);
    return shareOf(`${this.seed} ${fault} ${occasion}`) < shares[fault] * weight;
  }

  #note(where: string, fault: ChaosFault): void {
    const key = `${where} ${fault}`;
    this.#done.set(key, { where, fault, times: (this.#done.get(key)?.times ?? 0) + 1 });
  }

  #occasion(name: string): string {
    const times = (this.#times.get(name) ?? 0) + 1;
    this.#times.set(name, times);
    return `${name} ${times}`;
  }
}

/** As the JSON protocols name it; of S3 the method. */
const actionOf = ({ headers, method }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? method).replace(/^.*\./s, '');
