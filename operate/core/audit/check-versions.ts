import type { Finding, KeptObject, KeptVersion } from './finding.ts';

/** What was verified of an object: its first version that is still there. Undefined: only delete markers are. */
export const firstText = ({ versions }: KeptObject): string | undefined =>
  versions.findLast(({ text }) => text !== undefined)?.text;

/** What was done to an object after it was written. Object Lock keeps its first version, and lets others come after it. */
export function checkVersions(object: KeptObject): Finding[] {
  const original = firstText(object);
  const [first, ...later] = object.versions.toReversed();
  const versions = first?.text === undefined ? object.versions.toReversed() : later;
  return versions.map(version => laterVersion(object.key, version, original));
}

function laterVersion(object: string, { versionId, at, text }: KeptVersion, original = ''): Finding {
  if (text === undefined)
    return {
      ...{ object, line: null, code: 'HIDDEN' },
      detail: `a delete marker of ${at} hides it (version ${versionId})`,
    };
  const line = firstDifference(original, text);
  const what = line === null ? 'with the same content' : `and differs from line ${line} on`;
  return {
    ...{ object, line, code: 'WRITTEN_AGAIN' },
    detail: `it was written again at ${at}, ${what} (version ${versionId})`,
  };
}

/** The first line that differs; null where none does. */
function firstDifference(a: string, b: string): number | null {
  if (a === b) return null;
  const theirs = b.split('\n');
  const at = a.split('\n').findIndex((line, i) => line !== theirs[i]);
  return at === -1 ? theirs.length : at + 1;
}
