import type { Claim } from './claim.ts';

/** Units whose events are looked for together, and the time in which they were published. */
export interface ProofWindow<C extends Claim = Claim> {
  readonly from: string;
  readonly to: string;
  readonly claims: readonly C[];
}

const hourMilliseconds = 3_600_000;

/** In the order of time. A unit that took longer than the hours of a window has one of its own. */
export function windowsOf<C extends Claim>(claims: readonly C[], hours: number): readonly ProofWindow<C>[] {
  const windows: { from: string; to: string; claims: C[] }[] = [];
  for (const claim of [...claims].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = windows.at(-1);
    const to = last && later(last.to, claim.to);
    if (last && to && Date.parse(to) - Date.parse(last.from) <= hours * hourMilliseconds) {
      last.to = to;
      last.claims.push(claim);
    } else windows.push({ from: claim.from, to: claim.to, claims: [claim] });
  }
  return windows;
}

const later = (one: string, other: string): string => (one < other ? other : one);
