import { setTimeout as sleep } from 'node:timers/promises';
import type { InvocationResult } from './function-spec.ts';

/** Lambda tries an asynchronous invocation twice again, after a minute and two; nobody waits that long at a laptop. */
const retryMilliseconds = [1_000, 2_000];

/** @throws the last error when every attempt failed. */
export async function invokeAsync(
  invoke: (payload: string) => Promise<InvocationResult>,
  payload: string,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const result = await invoke(payload);
    if (result.kind === 'result' || signal.aborted) return;
    const wait = retryMilliseconds[attempt];
    if (wait === undefined) throw new Error(`${result.errorType}: ${result.errorMessage}`);
    await sleep(wait, undefined, { signal });
  }
}
