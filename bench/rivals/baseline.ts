import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figures } from './figures.ts';

/** The figures of the last release. Only ratios within a run and counts are comparable between runs. */
const path = 'bench/baseline.json';

type Kept = Readonly<Record<string, Pick<Figures, 'ratios' | 'callsAThousand' | 'dollarsAMillion'>>>;

/** How far a ratio may fall before it is said: runs on a shared machine differ by some percent. */
const noise = 0.15;

/** What is worse than at the last release, in words. */
export function regressions(figures: readonly Figures[]): readonly string[] {
  if (!existsSync(path)) return [`there is no ${path}: write it with npm run bench -- baseline`];
  const before = JSON.parse(readFileSync(path, 'utf8')) as Kept;
  return figures.flatMap(now => [
    ...Object.entries(before[now.name]?.ratios ?? {}).flatMap(([rival, ratio]) =>
      (now.ratios[rival] ?? 0) < ratio * (1 - noise)
        ? [`${now.name}: ${now.ratios[rival]?.toFixed(1)} x cheaper than ${rival}, was ${ratio.toFixed(1)} x`]
        : [],
    ),
    ...Object.entries(now.callsAThousand).flatMap(([call, count]) => {
      const was = before[now.name]?.callsAThousand[call] ?? 0;
      return count > was + 0.5
        ? [`${now.name}: ${count.toFixed(2)} ${call} for 1,000, was ${was.toFixed(2)}`]
        : [];
    }),
  ]);
}

export function keepBaseline(figures: readonly Figures[]): void {
  const kept: Kept = Object.fromEntries(
    figures.map(({ name, ratios, callsAThousand, dollarsAMillion }) => [
      name,
      {
        ratios: rounded(ratios),
        callsAThousand: rounded(callsAThousand),
        dollarsAMillion: Number(dollarsAMillion.toFixed(3)),
      },
    ]),
  );
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
}

const rounded = (numbers: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value.toFixed(2))]));
