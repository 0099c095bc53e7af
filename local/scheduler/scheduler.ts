import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NextTime } from './read-expression.ts';

export interface Schedule {
  readonly name: string;
  readonly arn: string;
  /** Not before `start`, not after `end`, in milliseconds. */
  readonly next: NextTime;
  readonly targetArn: string;
  readonly input: string;
}

export interface SchedulerParts {
  /** When the schedules were made, in milliseconds: a rate begins then. */
  readonly since: number;
  readonly deliver: (targetArn: string, payload: string) => Promise<void>;
  /** Called with what fails while nobody waits for it. */
  readonly report: (problem: string) => void;
}

/** A timer takes no more than 2^31 ms. */
const sleepMilliseconds = 3_600_000;

/** Gives each schedule's target its input when it is due, or at once when asked. */
export class Scheduler {
  readonly #schedules: ReadonlyMap<string, Schedule>;
  readonly #parts: SchedulerParts;
  readonly #stopped = new AbortController();
  readonly #running: Promise<void>[] = [];

  constructor(schedules: readonly Schedule[], parts: SchedulerParts) {
    this.#schedules = new Map(schedules.map(schedule => [schedule.name, schedule]));
    this.#parts = parts;
  }

  start(): void {
    for (const schedule of this.#schedules.values()) this.#running.push(this.#keep(schedule));
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#running);
  }

  /** Names, and when each is due next after an instant. */
  due(after: number): readonly { readonly name: string; readonly next: string | undefined }[] {
    return [...this.#schedules.values()].map(({ name, next }) => {
      const time = next(after);
      return { name, next: time === undefined ? undefined : new Date(time).toISOString() };
    });
  }

  /** As if the schedule were due now. @throws Error for a name that there is not, and when its target fails. */
  async fire(name: string): Promise<void> {
    const schedule = this.#schedules.get(name);
    if (!schedule) throw new Error(`no schedule is called ${name}: ${[...this.#schedules.keys()].join(' ')}`);
    await this.#deliver(schedule, Date.now());
  }

  async #keep(schedule: Schedule): Promise<void> {
    for (let due = schedule.next(this.#parts.since - 1); due !== undefined; due = schedule.next(due)) {
      if (!(await this.#reached(due))) return;
      this.#deliver(schedule, due).catch((problem: unknown) => {
        if (!this.#stopped.signal.aborted)
          this.#parts.report(`schedule ${schedule.name} could not reach ${schedule.targetArn}: ${problem}`);
      });
    }
  }

  /** False when stopped before. */
  async #reached(due: number): Promise<boolean> {
    const { signal } = this.#stopped;
    for (let left = due - Date.now(); left > 0 && !signal.aborted; left = due - Date.now())
      await sleep(Math.min(left, sleepMilliseconds), undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    return !signal.aborted;
  }

  #deliver({ arn, targetArn, input }: Schedule, due: number): Promise<void> {
    const attributes = {
      'schedule-arn': arn,
      'scheduled-time': `${new Date(due).toISOString().slice(0, 19)}Z`,
      'execution-id': randomBytes(8).toString('hex'),
      'attempt-number': '1',
    };
    const payload = Object.entries(attributes).reduce(
      (text, [name, value]) => text.replaceAll(`<aws.scheduler.${name}>`, value),
      input,
    );
    return this.#parts.deliver(targetArn, payload);
  }
}
