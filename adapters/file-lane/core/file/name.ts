import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { needsSignatureBeside } from '../../contract/file-security.ts';
import { reasonToIgnore } from '../../contract/ignored-name.ts';
import { type DataName, matchDataName } from './data-name.ts';
import { excerpt } from './excerpt.ts';

export { type Compression, type DataName, exampleName, matchDataName } from './data-name.ts';

type FileDelivery = FileLane['delivery'];

/** A sidecar or manifest that announces a data file, or a signature of one. */
export interface AnnouncingName {
  readonly kind: 'sidecar' | 'manifest' | 'signature';
  /** Name, under `<folder>/in/`, of the data file that it announces. */
  readonly dataKeyName: string;
  readonly data: DataName;
}

/** A data file whose work begins with the sidecar or manifest that announces it. */
export interface UnannouncedName {
  readonly kind: 'unannounced';
  readonly announcedBy: 'sidecar' | 'manifest';
  /** Name of the announcement, under `<folder>/in/`. */
  readonly announcementKeyName: string;
}

/** Not work: a folder's marker, an upload under way, a hidden file, or a signature that waits for what announces its file. */
export interface IgnoredName {
  readonly kind: 'ignored';
  readonly reason: string;
}

export type NameMatch = DataName | AnnouncingName | UnannouncedName | IgnoredName;

const announcingSuffixes = { sidecar: '.sha256', manifest: '.manifest.json' } as const;
const announcingKinds = ['sidecar', 'manifest'] as const;

/** Of detached signatures, binary and armored; the first that is there counts. */
export const signatureSuffixes = ['.sig', '.asc'] as const;

/**
 * What an object under `<folder>/in/` is to its lane. `keyUnderIn` is the rest of the object's key, exactly as S3 names it:
 * it may hold spaces, `+`, `%` and any script, and is never URL-decoded.
 */
export function matchName(delivery: FileDelivery, keyUnderIn: string): NameMatch | Fault {
  if (keyUnderIn === '' || keyUnderIn.endsWith('/')) return ignored('it marks a folder');
  const reason = reasonToIgnore(keyUnderIn);
  if (reason !== undefined) return ignored(reason);
  const announced = announcingKinds.find(kind => keyUnderIn.endsWith(announcingSuffixes[kind]));
  if (announced) return matchAnnouncing(delivery, announced, keyUnderIn);
  if (needsSignatureBeside(delivery.security)) {
    const suffix = signatureSuffixes.find(known => keyUnderIn.endsWith(known));
    if (suffix) return matchSignature(delivery, keyUnderIn.slice(0, -suffix.length));
  }
  const data = matchDataName(delivery, keyUnderIn);
  if (isFault(data) || delivery.startsOn === 'data') return data;
  return {
    kind: 'unannounced',
    announcedBy: delivery.startsOn,
    announcementKeyName: announcingName(delivery.startsOn, keyUnderIn),
  };
}

const ignored = (reason: string): IgnoredName => ({ kind: 'ignored', reason });

/** The name of the object that announces a data file. */
export const announcingName = (kind: 'sidecar' | 'manifest', dataName: string): string =>
  `${dataName}${announcingSuffixes[kind]}`;

function matchAnnouncing(
  delivery: FileDelivery,
  kind: 'sidecar' | 'manifest',
  name: string,
): AnnouncingName | Fault {
  if (delivery.startsOn !== kind) return unusedNotice(delivery, kind, name);
  const dataKeyName = name.slice(0, -announcingSuffixes[kind].length);
  const data = matchDataName(delivery, dataKeyName);
  return isFault(data) ? data : { kind, dataKeyName, data };
}

/** Where a sidecar or manifest begins the work, the signature is looked for then. */
function matchSignature(delivery: FileDelivery, dataKeyName: string): NameMatch | Fault {
  const data = matchDataName(delivery, dataKeyName);
  if (isFault(data)) return data;
  if (delivery.startsOn !== 'data')
    return ignored(`it waits for the ${delivery.startsOn} of the file that it signs`);
  return { kind: 'signature', dataKeyName, data };
}

function unusedNotice(delivery: FileDelivery, kind: 'sidecar' | 'manifest', name: string): Fault {
  const what = kind === 'sidecar' ? 'checksums (.sha256)' : 'manifests (.manifest.json)';
  return fault(
    'NAME_OUTSIDE_CONVENTION',
    {},
    `${excerpt(name)} is no data file; this lane does not use ${what} and work starts on its ${delivery.startsOn}`,
    `Nothing was checked against this file, because the lane does not use ${what}. Leave it out, or have it added to the contract.`,
  );
}
