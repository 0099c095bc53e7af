import { jsonOf } from '#shared/core/json-of.ts';
import { manifestKey } from './audit-keys.ts';
import { checkVersions, firstText } from './check-versions.ts';
import type { Finding, KeptObject } from './finding.ts';
import {
  isSignedBy,
  type Manifest,
  manifestHash,
  rootOf,
  type SignedManifest,
  signedManifest,
} from './manifest.ts';

export interface ManifestProps {
  readonly day: string;
  /** Undefined when there is none. */
  readonly object: KeptObject | undefined;
  /** Of the day before; undefined when there is none. */
  readonly before: KeptObject | undefined;
  /** PEM. */
  readonly publicKey: string;
}

export interface CheckedManifest {
  /** Undefined where it cannot be relied on to say what the day came to. */
  readonly manifest: Manifest | undefined;
  readonly findings: readonly Finding[];
}

/** Checks a day's manifest: its signature, its root, its link to the day before, and that it is the first one written. */
export function checkManifest({ day, object, before, publicKey }: ManifestProps): CheckedManifest {
  const key = manifestKey(day);
  const found = (code: Finding['code'], detail: string): Finding => ({
    object: key,
    line: null,
    code,
    detail,
  });
  if (!object)
    return {
      manifest: undefined,
      findings: [found('MANIFEST_MISSING', 'the day is over, and was not sealed')],
    };
  const versions = checkVersions(object);
  const signed = readManifest(object);
  if (!signed)
    return {
      manifest: undefined,
      findings: [...versions, found('MANIFEST_UNREADABLE', 'it is no manifest')],
    };
  const { manifest } = signed;
  if (!isSignedBy(signed, publicKey))
    return {
      manifest: undefined,
      findings: [...versions, found('SIGNATURE_WRONG', 'its signature is not of this key')],
    };
  const findings = [...versions];
  if (manifest.day !== day)
    findings.push(found('MANIFEST_OUT_OF_PLACE', `it is the manifest of ${manifest.day}`));
  if (rootOf(manifest.chains) !== manifest.root)
    findings.push(found('ROOT_WRONG', 'the root is not that of its chains'));
  const earlier = before && readManifest(before);
  const previous = earlier ? manifestHash(earlier.manifest) : null;
  if (previous !== manifest.previous)
    findings.push(
      found(
        'MANIFEST_OUT_OF_PLACE',
        earlier
          ? 'it does not follow the manifest of the day before'
          : 'the manifest of the day before is not there',
      ),
    );
  return { manifest: manifest.day === day ? manifest : undefined, findings };
}

/** The first version. Undefined when it is no manifest. */
export function readManifest(object: KeptObject): SignedManifest | undefined {
  const read = signedManifest.safeParse(jsonOf(firstText(object) ?? ''));
  return read.success ? read.data : undefined;
}
