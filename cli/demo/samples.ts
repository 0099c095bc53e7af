import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tally } from '../../shared/core/outcome/tally.ts';

/** What a sample's file should come to. */
export interface ExpectedOutcome {
  readonly file: string;
  readonly state: string;
  readonly tally: Tally & { readonly received: number };
  readonly fault?: string;
  readonly rows?: readonly { readonly line: number; readonly column?: string; readonly code: string }[];
}

export interface ExpectedEvent {
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
}

/** One folder under `integrations/<id>/samples/`: files as a partner would drop them, and what they should become. */
export interface Sample {
  readonly integration: string;
  readonly name: string;
  readonly folder: string;
  readonly about: string;
  /** File names, in the order dropped. */
  readonly drops: readonly string[];
  readonly outcomes: readonly ExpectedOutcome[];
  readonly events: readonly ExpectedEvent[];
}

const inOrder = ['good', 'again', 'dirty', 'broken'];

/** An integration's samples: the good ones first, the broken last. */
export function samplesOf(integration: string): readonly Sample[] {
  const root = join('integrations', integration, 'samples');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b))
    .map(name => {
      const folder = join(root, name);
      return {
        integration,
        name,
        folder,
        ...JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')),
      };
    });
}

/** What to do about an integration whose samples nobody has written. */
export const noSamples = (integration: string, guide: string): string =>
  `${integration}: it has no samples, so nothing shows what it does; write integrations/${integration}/samples/<case>/expected.json and what it speaks of (${guide})`;

const place = (name: string): number => (inOrder.includes(name) ? inOrder.indexOf(name) : inOrder.length);

/** The drops, file by file: each file with the sidecar or manifest that belongs to it. */
export function dropsByFile({
  drops,
  outcomes,
}: Sample): { readonly outcome: ExpectedOutcome; readonly drops: readonly string[] }[] {
  return outcomes.map(outcome => ({
    outcome,
    drops: drops.filter(drop => drop === outcome.file || drop.startsWith(`${outcome.file}.`)),
  }));
}
