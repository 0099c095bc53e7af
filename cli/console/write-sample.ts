import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Failure } from '../edge/failure.ts';
import type { SavedSample } from './try-info.ts';

/** Texts of a sample, by the name of their file. */
export type SampleFiles = Readonly<Record<string, string>>;

/** Both names were checked: they are no paths. */
export interface SamplePlace {
  readonly integration: string;
  readonly name: string;
  /** Whether a sample that is there is written over. */
  readonly replace: boolean;
}

/** `root` holds the integrations. @throws Failure where the folder is a link that leads elsewhere. */
export function writeSample(
  { integration, name, replace }: SamplePlace,
  files: SampleFiles,
  root = 'integrations',
): SavedSample {
  const samples = join(root, integration, 'samples');
  const folder = join(samples, name);
  if (existsSync(folder) && !replace) return { folder, saved: [] };
  mkdirSync(folder, { recursive: true });
  if (relative(realpathSync(samples), realpathSync(folder)) !== name)
    throw new Failure(`${folder} is a link to another folder.`, 2);
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    // A link is removed, and not followed.
    rmSync(path, { force: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
  return { folder, saved: Object.keys(files) };
}
