import { join } from 'node:path';
import type * as z from 'zod';
import { fenceSampleShape } from './fence-sample-shape.ts';
import { readShaped } from './read-shaped.ts';
import { recordedFolder } from './recorded-requests.ts';
import { needFiles, type SampleFolder, sampleFolders } from './sample-folders.ts';

/** One folder under `integrations/<id>/samples/` of a fence: requests as the partner sends them, and what they should become. */
export interface FenceSample extends z.infer<typeof fenceSampleShape>, SampleFolder {
  readonly integration: string;
}

const guide = 'docs/guides/receive-webhooks.md';

/**
 * A fence's samples: the good ones first, the broken last; `root` holds the integrations.
 * @throws SamplesProblem that says what to write, where there are none or one of them is not as it must be.
 */
export function fenceSamplesOf(integration: string, root = 'integrations'): readonly FenceSample[] {
  const files = '<case>/expected.json and the requests that it names';
  const folders = sampleFolders({ id: integration, kind: 'fence', files, guide, root });
  const cases = folders.filter(({ name }) => name !== recordedFolder);
  return cases.map(sample => {
    needFiles(sample, ['expected.json'], guide);
    const expected = readShaped(join(sample.folder, 'expected.json'), fenceSampleShape);
    needFiles(
      sample,
      expected.requests.map(({ file }) => file),
      guide,
    );
    return { integration, ...sample, ...expected };
  });
}
