import { randomUUID } from 'node:crypto';
import { account } from '../aws-names.ts';
import { compileEventPattern, type EventTest } from '../event-pattern.ts';
import type { BusEvent } from './event.ts';
import { type TargetInput, targetPayload } from './input-transform.ts';

export interface Target extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
}

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly pattern: unknown;
  readonly targets: readonly Target[];
}

/** Gives a payload to the resource that the ARN names. */
export type Deliver = (targetArn: string, payload: string, event: BusEvent) => Promise<void>;

export type NewEvent = Pick<BusEvent, 'detail-type' | 'source' | 'detail'> & Partial<BusEvent>;

/** Buses and their rules: every event put goes to the targets of each rule that it fits. */
export class EventRouter {
  readonly #rules: (Rule & { readonly fits: EventTest })[] = [];
  readonly #buses = new Set(['default']);
  readonly #listeners = new Set<(bus: string, event: BusEvent) => void>();
  readonly #deliver: Deliver;
  readonly #region: string;
  readonly #failed: (rule: Rule, target: Target, problem: unknown) => void;

  constructor(
    region: string,
    deliver: Deliver,
    failed: (rule: Rule, target: Target, problem: unknown) => void,
  ) {
    this.#region = region;
    this.#deliver = deliver;
    this.#failed = failed;
  }

  addBus(name: string): void {
    this.#buses.add(name);
  }

  /** @throws EventPatternError */
  addRule(rule: Rule): void {
    this.#rules.push({ ...rule, fits: compileEventPattern(rule.pattern) });
  }

  hasBus(name: string): boolean {
    return this.#buses.has(name);
  }

  /** Called with every event, in the order taken, before it is delivered. */
  listen(listener: (bus: string, event: BusEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes the event at once and delivers it on its own time. */
  put(bus: string, given: NewEvent): BusEvent {
    const event: BusEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': given['detail-type'],
      source: given.source,
      account,
      time: given.time ?? `${new Date().toISOString().slice(0, 19)}Z`,
      region: this.#region,
      resources: given.resources ?? [],
      detail: given.detail,
    };
    this.forward(bus, event);
    return event;
  }

  /** An event that another bus hands on keeps its identity. */
  forward(bus: string, event: BusEvent): void {
    for (const listener of this.#listeners) listener(bus, event);
    for (const rule of this.#rules) if (rule.bus === bus && rule.fits(event)) this.#send(rule, event);
  }

  #send(rule: Rule, event: BusEvent): void {
    for (const target of rule.targets)
      this.#deliver(target.Arn, targetPayload(event, target), event).catch((problem: unknown) =>
        this.#failed(rule, target, problem),
      );
  }
}
