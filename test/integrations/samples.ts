import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SampleEvent {
  readonly type: string;
  /** The aggregate's id. */
  readonly subject: string;
  readonly data: unknown;
}

export interface Outcome {
  readonly file: string;
  readonly state: 'complete' | 'partial' | 'rejected' | 'duplicate';
  readonly tally: Readonly<
    Record<'received' | 'published' | 'duplicate' | 'quarantined' | 'rejected' | 'skipped', number>
  >;
  readonly fault?: string;
  /** Quarantined rows, each with its first fault. */
  readonly rows?: readonly { readonly line: number; readonly column?: string; readonly code: string }[];
}

/** `integrations/<id>/samples/<name>/`: files as a partner would send them, and what is expected of them. */
export interface Sample {
  readonly name: string;
  readonly folder: string;
  readonly about: string;
  /** File names in the order in which they are dropped, each after the one before was settled. */
  readonly drops: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly events: readonly SampleEvent[];
  readonly filesThere: readonly string[];
}

/** @throws Error that says what to write, where a lane has none. */
export function samplesOf({ id }: { readonly id: string }): Sample[] {
  const root = join(process.cwd(), 'integrations', id, 'samples');
  if (!existsSync(root))
    throw new Error(
      `integrations/${id}/samples: the lane has no samples; write <case>/expected.json with its files there (docs/guides/add-a-partner.md)`,
    );
  return readdirSync(root)
    .sort()
    .map(name => {
      const folder = join(root, name);
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
      const filesThere = readdirSync(folder)
        .filter(file => file !== 'expected.json')
        .sort();
      return { ...expected, name, folder, filesThere };
    });
}
