import { limits } from '#shared/contract/limits.ts';
import type { Claim } from '../../core/proof/claim.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import { windowsOf } from '../../core/proof/windows.ts';
import { type Compared, compareWindow } from './compare-window.ts';
import type { ProofWork } from './proof-work.ts';

/** Compares claims with the bus log, window by window. False when time is short: the rest is left to the next run. */
export async function compareWindows<C extends Claim>(
  { ports, invocation }: ProofWork,
  claims: readonly C[],
  take: (compared: Compared<C>) => Promise<void> | void,
): Promise<boolean> {
  const windows = windowsOf(claims, limits.proofWindowHours);
  for (const [n, window] of windows.entries()) {
    if (invocation.remainingMilliseconds() < limits.proofStopMilliseconds) {
      ports.log.warn(proofLines.unfinished, { windows: windows.length - n });
      return false;
    }
    for (const compared of await compareWindow(ports.objects, window)) await take(compared);
  }
  return true;
}
