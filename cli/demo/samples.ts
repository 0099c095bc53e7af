import { join } from 'node:path';
import type * as z from 'zod';
import { belongsTo, type ExpectedOutcome, fileSampleShape } from './file-sample-shape.ts';
import { readShaped } from './read-shaped.ts';
import { needFiles, type SampleFolder, sampleFolders } from './sample-folders.ts';

/** One folder under `integrations/<id>/samples/`: files as a partner would drop them, and what they should become. */
export interface Sample extends z.infer<typeof fileSampleShape>, SampleFolder {
  readonly integration: string;
}

const guide = 'docs/guides/add-a-partner.md';

/**
 * A lane's samples: the good ones first, the broken last; `root` holds the integrations.
 * @throws SamplesProblem that says what to write, where there are none or one of them is not as it must be.
 */
export function samplesOf(integration: string, root = 'integrations'): readonly Sample[] {
  const files = '<case>/expected.json and the files that it drops';
  return sampleFolders({ id: integration, kind: 'lane', files, guide, root }).map(sample => {
    needFiles(sample, ['expected.json'], guide);
    const expected = readShaped(join(sample.folder, 'expected.json'), fileSampleShape);
    needFiles(sample, expected.drops, guide);
    return { integration, ...sample, ...expected };
  });
}

/** The drops, file by file: each file with the sidecar or manifest that belongs to it. */
export function dropsByFile({
  drops,
  outcomes,
}: Sample): { readonly outcome: ExpectedOutcome; readonly drops: readonly string[] }[] {
  return outcomes.map(outcome => ({
    outcome,
    drops: drops.filter(drop => belongsTo(drop, outcome.file)),
  }));
}
