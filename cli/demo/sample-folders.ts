import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SamplesProblem } from './samples-problem.ts';

/** Where an integration's samples lie, and what is told to whoever has yet to write them. */
export interface SamplePlace {
  readonly id: string;
  readonly kind: 'lane' | 'fence' | 'feed';
  /** What a case consists of. */
  readonly files: string;
  readonly guide: string;
  /** The folder of the integrations. Default: that of the repository. */
  readonly root?: string;
}

export interface SampleFolder {
  /** The case. */
  readonly name: string;
  readonly folder: string;
}

/** How cases follow each other: by these names, `''` standing for any other. */
const inOrder = ['good', 'again', '', 'dirty', 'broken'];

/** The folders under `integrations/<id>/samples/`. @throws SamplesProblem that says what to write, where there is none. */
export function sampleFolders({
  id,
  kind,
  files,
  guide,
  root = 'integrations',
}: SamplePlace): SampleFolder[] {
  const samples = join(root, id, 'samples');
  const entries = existsSync(samples) ? readdirSync(samples, { withFileTypes: true }) : [];
  const names = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
  if (names.length === 0)
    throw new SamplesProblem(
      `${samples}: the ${kind} has no samples, so nothing shows what it does; write ${files} there (${guide})`,
    );
  return names
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(name => ({ name, folder: join(samples, name) }));
}

const place = (name: string): number => inOrder.indexOf(inOrder.includes(name) ? name : '');

/** @throws SamplesProblem naming the first file that the sample needs and does not have. */
export function needFiles({ folder }: SampleFolder, files: readonly string[], guide: string): void {
  for (const file of files)
    if (!existsSync(join(folder, file)))
      throw new SamplesProblem(`${folder}: the sample has no ${file} (${guide})`);
}
