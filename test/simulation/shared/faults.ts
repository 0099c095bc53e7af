import { Random } from './random.ts';

/** What can go wrong with one call of a port. Each happens before or after the call's effect, as its words say. */
export const callFaults = [
  'fail before',
  'fail after',
  'fail, effect later',
  'repeat',
  'answer late',
  'die before',
  'die after',
] as const;

/** What a queue may do beside one receive, and what services do as they please. */
export const deliveryFaults = [
  'deliver twice',
  'become visible early',
  'come again after deletion',
  'notify late',
] as const;

/** What a bus may do with the entries of one call. */
export const busFaults = ['throttle some', 'no answer, taken', 'no answer, not taken'] as const;

/** What may be wrong with the machine of one invocation. A lease that ends by its clock is taken while its owner still works. */
export const machineFaults = ['clock is wrong'] as const;

/** What the reconciler and the auditor heal. */
export const losses = ['lose notice', 'lose event'] as const;

/** Periods in which every call of a port fails. */
export const outages = ['deny access', 'bus is down'] as const;

export const faultKinds = [
  ...callFaults,
  ...deliveryFaults,
  ...busFaults,
  ...machineFaults,
  ...outages,
  ...losses,
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Injected {
  /** Which occasion: the call's name and its number, such as `ledger.checkpoint 3`. */
  readonly at: string;
  readonly kind: FaultKind;
}

export interface FaultOptions {
  readonly seed: string;
  /** Only these faults happen; undefined: all that the seed decides. */
  readonly only?: readonly Injected[] | undefined;
}

/** Of one call in a run. A message that is sent again for hours would double each time that the answer to sending it is lost. */
const faultsMax = 15;

/**
 * Decides what goes wrong. Half of the kinds are off in a seed, the others have random weights (swarm testing). Each
 * decision depends on the seed and its occasion alone, so that leaving out one fault changes no other decision.
 */
export class Faults {
  /** In order. */
  readonly injected: Injected[] = [];
  readonly #seed: string;
  readonly #rates: ReadonlyMap<FaultKind, number>;
  readonly #only: ReadonlySet<string> | undefined;
  readonly #injectedAt = new Map<string, number>();
  readonly #times = new Map<string, number>();
  #areOver = false;

  constructor({ seed, only }: FaultOptions) {
    this.#seed = seed;
    this.#only = only && new Set(only.map(keyOf));
    this.#rates = ratesOf(new Random(`${seed} swarm`));
  }

  /** Faults stop for good. */
  stop(): void {
    this.#areOver = true;
  }

  get areOver(): boolean {
    return this.#areOver;
  }

  /** What goes wrong at this occasion; the first of the kinds asked for that the seed wants. */
  at(
    name: string,
    kinds: readonly FaultKind[],
  ): { readonly kind: FaultKind; readonly random: Random } | undefined {
    const at = this.occasion(name);
    if (
      this.#areOver ||
      (this.#injectedAt.get(name) ?? 0) >= faultsMax ||
      kinds.every(kind => this.#rates.get(kind) === 0)
    )
      return undefined;
    const random = new Random(`${this.#seed} ${at}`);
    const kind = kinds.find(each => random.chance(this.#rates.get(each) ?? 0));
    if (!kind || !this.#isWanted({ at, kind })) return undefined;
    this.injected.push({ at, kind });
    this.#injectedAt.set(name, (this.#injectedAt.get(name) ?? 0) + 1);
    return { kind, random };
  }

  /** Numbers the occasions of a name. */
  occasion(name: string): string {
    const times = (this.#times.get(name) ?? 0) + 1;
    this.#times.set(name, times);
    return `${name} ${times}`;
  }

  #isWanted(fault: Injected): boolean {
    return this.#only?.has(keyOf(fault)) ?? true;
  }
}

const keyOf = ({ at, kind }: Injected): string => `${at}: ${kind}`;

/** The share of occasions at which each kind happens. */
function ratesOf(random: Random): ReadonlyMap<FaultKind, number> {
  const busy = random.next();
  return new Map(faultKinds.map(kind => [kind, random.chance(0.5) ? 0 : rateOf(kind, random, busy)]));
}

/** Of calls, there are hundreds in a run; outages are decided once each. */
function rateOf(kind: FaultKind, random: Random, busy: number): number {
  if (kind === 'deny access' || kind === 'bus is down') return 0.7 * random.next();
  if (kind === 'clock is wrong') return 0.5 * random.next();
  const most = kind.startsWith('die') ? 0.04 : 0.12;
  return most * busy * random.next();
}
