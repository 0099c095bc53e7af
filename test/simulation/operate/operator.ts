import type { InputOf } from '#operate/core/operations.ts';
import type { Plan } from '#operate/core/plan/plan.ts';
import * as acts from '#operate/flow/plans/act-on-plan.ts';
import { makePlan } from '#operate/flow/plans/make-plan.ts';
import type { Work } from '#operate/flow/work.ts';
import type { OperateWorld } from './world.ts';

/** What a person wants to have done. */
export type Wish = InputOf<'makePlan'>;

const lookSeconds = 120;
const apiSeconds = 30;

/** A person who makes plans, and looks after all there are until each is at its end. The API may fail, as everything may. */
export class Operator {
  readonly #world: OperateWorld;
  readonly #wishes: Wish[] = [];
  #isLooking = false;

  constructor(world: OperateWorld) {
    this.#world = world;
  }

  wish(wish: Wish): void {
    this.#wishes.push(wish);
    this.#lookSoon();
  }

  get isDone(): boolean {
    return this.#wishes.length === 0 && this.#open().length === 0;
  }

  /** Plans that are not at their end. */
  #open(): readonly Plan[] {
    return this.#world.allPlans.filter(({ state }) => !['done', 'failed', 'cancelled'].includes(state));
  }

  #lookSoon(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#world.sky.scheduler.after(lookSeconds * 1000, () => {
      this.#isLooking = false;
      this.#look();
      if (!this.isDone) this.#lookSoon();
    });
  }

  #look(): void {
    const [wish] = this.#wishes;
    if (wish)
      this.#ask(async work => {
        await makePlan(work, wish);
        if (this.#wishes[0] === wish) this.#wishes.shift();
      });
    const now = this.#world.sky.scheduler.now();
    for (const { id, state, found, lease, hash = '' } of this.#open()) {
      if (state === 'planned' && found.units === 0)
        this.#ask(async work => void (await acts.cancelPlan(work, { id })));
      else if (state === 'planned') this.#ask(async work => void (await acts.runPlan(work, { id, hash })));
      const isStopped = state === 'paused' || (state !== 'planned' && lease === undefined);
      if (isStopped || (lease && lease.until < now))
        this.#ask(async work => void (await acts.resumePlan(work, { id })));
    }
  }

  /** A request that fails is asked again at the next look. */
  #ask(request: (work: Work) => Promise<void>): void {
    const { sky } = this.#world;
    sky.invoke(apiSeconds, async process => request(this.#world.apiWork(process)));
  }
}
