import type { Claim } from './claim.ts';

/** Files whose events are looked for together, and the time in which they were published. */
export interface ProofWindow {
  readonly from: string;
  readonly to: string;
  readonly claims: readonly Claim[];
}

const hourMilliseconds = 3_600_000;

/** In the order of time. A file that took longer than the hours of a window has one of its own. */
export function windowsOf(claims: readonly Claim[], hours: number): readonly ProofWindow[] {
  const windows: ProofWindow[] = [];
  for (const claim of [...claims].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = windows.at(-1);
    const to = last && later(last.to, claim.to);
    if (last && to && Date.parse(to) - Date.parse(last.from) <= hours * hourMilliseconds)
      windows[windows.length - 1] = { from: last.from, to, claims: [...last.claims, claim] };
    else windows.push({ from: claim.from, to: claim.to, claims: [claim] });
  }
  return windows;
}

const later = (one: string, other: string): string => (one < other ? other : one);
