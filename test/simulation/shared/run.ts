import { hash } from 'node:crypto';
import type { Injected } from './faults.ts';
import type { Sky } from './sky.ts';

/** One simulated system, whatever its adapter. */
export interface World {
  readonly sky: Sky;
  readonly isAtRest: boolean;
  /** Brings back what lies among the dead letters; gives how many. */
  redrive(): number;
  /** What is not as it must be, at rest. */
  broken(): readonly string[] | Promise<readonly string[]>;
  /** What is left to do, and who does it. */
  waiting(): readonly string[];
  /** Everything durable, to be compared with another run. */
  state(): unknown;
}

export interface Ran {
  readonly problems: readonly string[];
  readonly injected: readonly Injected[];
  readonly marks: ReadonlySet<string>;
  readonly digest: string;
}

const hour = 3_600_000;
/** Messages wait for the bus for a day, and then have receives left. */
const hoursToRest = 72;
/** Of the scheduler. Thousands are usual. */
const stepsMax = 400_000;

/** First safety, under faults; then faults stop, and everything has to come to rest. */
export async function run(world: World): Promise<Ran> {
  const { sky } = world;
  await sky.scheduler.runUntil(sky.faultsUntil, () => world.isAtRest || isBeyond(world));
  sky.faults.stop();
  const isAtRest = await comeToRest(world);
  const problems = isAtRest
    ? await world.broken()
    : [
        `not at rest ${hoursToRest} hours after the last fault, or after ${stepsMax} steps:`,
        ...world.waiting(),
        ...sky.describe(),
      ];
  const digest = hash('sha256', JSON.stringify(world.state()), 'hex');
  return { problems, injected: sky.faults.injected, marks: sky.marks, digest };
}

const isBeyond = ({ sky }: World): boolean => sky.scheduler.steps > stepsMax;

/** Dead letters are redriven each hour, as an operator would once the reason is gone. */
async function comeToRest(world: World): Promise<boolean> {
  const { scheduler } = world.sky;
  for (let hours = 0; hours < hoursToRest; hours++) {
    world.redrive();
    const isOver = await scheduler.runUntil(scheduler.now() + hour, () => world.isAtRest || isBeyond(world));
    if (isBeyond(world)) return false;
    if (isOver && world.redrive() === 0) return true;
  }
  return false;
}
