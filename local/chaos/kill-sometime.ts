import type { Functions } from '../lambda/functions.ts';
import type { Chaos } from './chaos.ts';

/** Kills a worker of the function after a while, if the seed says so and one still runs then. */
export function killSometime(chaos: Chaos, functions: Functions, name: string): void {
  const milliseconds = chaos.deathOf(name);
  if (milliseconds === undefined) return;
  const kill = () => {
    if (functions.kill(name)) chaos.noteKill(name);
  };
  setTimeout(kill, milliseconds).unref();
}
