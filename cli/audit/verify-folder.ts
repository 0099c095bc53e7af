import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayPrefix, manifestKey, manifestsPrefix, recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import { type CheckedManifest, checkManifest } from '#operate/core/audit/check-manifest.ts';
import { DayCheck } from '#operate/core/audit/day-check.ts';
import { dayAfter } from '#operate/core/audit/days.ts';
import type { KeptObject } from '#operate/core/audit/finding.ts';
import type { CheckedDay } from './day-lines.ts';

/** Verifies a copy of the bucket, with nothing but its files and the public key (PEM). A copy has one version of each object. */
export function verifyFolder(folder: string, publicKey: string): readonly CheckedDay[] {
  const [first, ...others] = daysIn(folder);
  if (first === undefined) throw new Error(`${folder} has neither ${recordsPrefix} nor ${manifestsPrefix}`);
  const last = others.at(-1) ?? first;
  const sealed = [...namesIn(folder, manifestsPrefix)].sort().at(-1) ?? '';
  const days: CheckedDay[] = [];
  for (let day = first; day <= last; day = dayAfter(day)) {
    // Days after the last manifest are not sealed yet.
    days.push(verifyDay(folder, day, manifestKey(day) > manifestsPrefix + sealed ? undefined : publicKey));
  }
  return days;
}

function daysIn(folder: string): readonly string[] {
  const names = [recordsPrefix, manifestsPrefix].flatMap(prefix => namesIn(folder, prefix));
  return [...new Set(names.map(name => name.slice(0, 10)))].sort();
}

const namesIn = (folder: string, prefix: string): readonly string[] =>
  existsSync(join(folder, prefix)) ? readdirSync(join(folder, prefix)) : [];

/** Without a key: of a day that is not sealed. */
function verifyDay(folder: string, day: string, publicKey: string | undefined): CheckedDay {
  const { manifest, findings: ofManifest } = publicKey ? manifestOf(folder, day, publicKey) : noManifest;
  const checked = new DayCheck({ day, manifest });
  const keys = recordKeys(folder, day);
  const findings = [...ofManifest];
  for (const key of keys) {
    const records = objectAt(folder, key);
    if (records) findings.push(...checked.check(records));
  }
  findings.push(...checked.end());
  return { day, sealed: manifest !== undefined, expired: false, objects: keys.length, findings };
}

const noManifest: CheckedManifest = { manifest: undefined, findings: [] };

const manifestOf = (folder: string, day: string, publicKey: string): CheckedManifest =>
  checkManifest({
    ...{ day, publicKey },
    object: objectAt(folder, manifestKey(day)),
    before: objectAt(folder, manifestKey(dayAfter(day, -1))),
  });

function recordKeys(folder: string, day: string): readonly string[] {
  const prefix = dayPrefix(day);
  const path = join(folder, prefix);
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return entries.map(({ parentPath, name }) => prefix + join(parentPath, name).slice(path.length)).sort();
}

function objectAt(folder: string, key: string): KeptObject | undefined {
  const path = join(folder, key);
  if (!existsSync(path)) return undefined;
  return { key, versions: [{ versionId: 'copy', at: '', text: readFileSync(path, 'utf8') }] };
}
