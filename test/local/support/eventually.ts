import { setTimeout as sleep } from 'node:timers/promises';

/** The first answer that is not undefined. @throws when there is none in time. */
export async function eventually<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(20);
  }
  throw new Error(`nothing in ${seconds} s: ${ask}`);
}
