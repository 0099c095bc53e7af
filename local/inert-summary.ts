import type { Inert } from './support.ts';

/** What is left out, in short: one line a reason. */
export function inertSummary(inert: readonly Inert[]): string {
  const byReason = new Map<string, string[]>();
  for (const { what, reason } of inert) {
    const short = what.replace(/^AWS::/, '').replace('::', ' ');
    byReason.set(reason, [...(byReason.get(reason) ?? []), short]);
  }
  return [...byReason].map(([reason, what]) => `left out, ${reason}: ${what.join(', ')}`).join('\n');
}
