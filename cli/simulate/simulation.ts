export interface SimulationOrder {
  /** Default: every case. */
  readonly only?: string | undefined;
  readonly count: number;
  readonly seed: number;
  /** Called with the case that is played. */
  readonly show?: (progress: string) => void;
}

/** How one case ended. */
export interface Simulated {
  readonly name: string;
  /** What was sent. */
  readonly about: string;
  readonly expected: string;
  readonly seen: string;
  readonly isExpected: boolean;
}

/** One part of a case: what it may come to, and what it came to, both in words. */
export interface PartEnd {
  readonly expected: readonly string[];
  readonly seen: string;
}

export const simulated = (
  { name, about }: Pick<Simulated, 'name' | 'about'>,
  parts: readonly PartEnd[],
): Simulated => ({
  ...{ name, about },
  expected: parts.map(({ expected }) => expected.join(' or ')).join(', '),
  seen: parts.map(({ seen }) => seen).join(', '),
  isExpected: parts.every(({ expected, seen }) => expected.includes(seen)),
});

interface Case {
  readonly name: string;
}

/** Plays each case so often, one after the other; `play` gets the name of the repetition, `<case>-<n>`. */
export async function playCases<C extends Case>(
  cases: readonly C[],
  { only, count, show }: SimulationOrder,
  play: (played: C, repetition: string) => Promise<Simulated>,
): Promise<readonly Simulated[]> {
  const ends: Simulated[] = [];
  for (const each of cases.filter(({ name }) => !only || name === only))
    for (let n = 1; n <= count; n++) {
      show?.(`${each.name} ${n} of ${count}`);
      ends.push(await play(each, `${each.name}-${n}`));
    }
  return ends;
}
