import type { FileLane } from '../../contract/define-file-lane.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { excerpt } from './excerpt.ts';
import { isFault } from './file-fault.ts';
import { firstDifference, isPeriod, isRealPeriod, namePartsOf, partPattern } from './name-pattern.ts';

export type Compression = 'none' | 'gzip' | 'zip';

type FileDelivery = FileLane['delivery'];

/** A data file whose name follows its lane's convention. */
export interface DataName {
  readonly kind: 'data';
  /** The name as dropped, under `<folder>/in/`. */
  readonly name: string;
  /** The name without its compression's suffix. */
  readonly dataName: string;
  /** The period's digits as written. */
  readonly period?: string | undefined;
  readonly compression: Compression;
}

/** A sidecar or manifest that announces a data file. */
export interface AnnouncingName {
  readonly kind: 'sidecar' | 'manifest';
  /** Name, under `<folder>/in/`, of the data file that it announces. */
  readonly dataKeyName: string;
  readonly data: DataName;
}

/** Not work: a folder's marker, an upload under way, or a data file that waits for what announces it. */
export interface IgnoredName {
  readonly kind: 'ignored';
  readonly reason: string;
}

export type NameMatch = DataName | AnnouncingName | IgnoredName;

const compressionSuffixes = { gzip: '.gz', zip: '.zip' } as const;
const announcingSuffixes = { sidecar: '.sha256', manifest: '.manifest.json' } as const;
const announcingKinds = ['sidecar', 'manifest'] as const;

/**
 * What an object under `<folder>/in/` is to its lane. `keyUnderIn` is the rest of the object's key, exactly as S3 names it:
 * it may hold spaces, `+`, `%` and any script, and is never URL-decoded.
 */
export function matchName(delivery: FileDelivery, keyUnderIn: string): NameMatch | Fault {
  if (keyUnderIn === '' || keyUnderIn.endsWith('/')) return ignored('it marks a folder');
  if (/\.(part|tmp)$/.test(keyUnderIn)) return ignored('its upload is under way');
  const announced = announcingKinds.find(kind => keyUnderIn.endsWith(announcingSuffixes[kind]));
  if (announced) return matchAnnouncing(delivery, announced, keyUnderIn);
  const data = matchDataName(delivery, keyUnderIn);
  if (isFault(data) || delivery.startsOn === 'data') return data;
  return ignored(`it waits for its ${delivery.startsOn}, ${announcingName(delivery.startsOn, keyUnderIn)}`);
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
  if (delivery.startsOn !== kind) return unusedAnnouncement(delivery, kind, name);
  const dataKeyName = name.slice(0, -announcingSuffixes[kind].length);
  const data = matchDataName(delivery, dataKeyName);
  return isFault(data) ? data : { kind, dataKeyName, data };
}

function unusedAnnouncement(delivery: FileDelivery, kind: 'sidecar' | 'manifest', name: string): Fault {
  const what = kind === 'sidecar' ? 'checksums (.sha256)' : 'manifests (.manifest.json)';
  return fault(
    'NAME_OUTSIDE_CONVENTION',
    {},
    `${excerpt(name)} is no data file; this lane does not use ${what} and work starts on its ${delivery.startsOn}`,
    `Nothing was checked against this file, because the lane does not use ${what}. Leave it out, or have it added to the contract.`,
  );
}

/** Reads a name as a data file's, whatever begins the lane's work. */
export function matchDataName(delivery: FileDelivery, name: string): DataName | Fault {
  const parts = namePartsOf(delivery.name);
  const pattern = new RegExp(`^${parts.map(part => `(${partPattern(part)})`).join('')}$`);
  for (const { compression, suffix } of formsOf(delivery)) {
    if (!name.endsWith(suffix)) continue;
    const dataName = name.slice(0, name.length - suffix.length);
    const found = pattern.exec(dataName.normalize('NFC'));
    if (!found) continue;
    const at = parts.findIndex(isPeriod);
    const period = found[at + 1];
    if (at < 0) return { kind: 'data', name, dataName, period: undefined, compression };
    if (!isRealPeriod(period!, parts[at]!.placeholder!))
      return unrealPeriod(delivery, period!, parts[at]!.text);
    return { kind: 'data', name, dataName, period, compression };
  }
  return outsideConvention(delivery, name);
}

const formsOf = (delivery: FileDelivery): { compression: Compression; suffix: string }[] => [
  { compression: 'none', suffix: '' },
  ...delivery.compression.map(compression => ({ compression, suffix: compressionSuffixes[compression] })),
];

const unrealPeriod = (delivery: FileDelivery, period: string, form: string): Fault =>
  fault('NAME_OUTSIDE_CONVENTION', {}, `${expectation(delivery)}; ${period} is no real ${form}`);

function outsideConvention(delivery: FileDelivery, name: string): Fault {
  const normal = name.normalize('NFC');
  const { at, expected } = firstDifference(namePartsOf(delivery.name), normal);
  const rest = at < normal.length ? `reads ${excerpt(normal.slice(at))}` : 'ends';
  const wanted = expected.startsWith('the ') ? expected : excerpt(expected);
  return fault(
    'NAME_OUTSIDE_CONVENTION',
    {},
    `${expectation(delivery)}; from character ${[...normal.slice(0, at)].length + 1} on it ${rest} instead of ${wanted}`,
  );
}

function expectation(delivery: FileDelivery): string {
  const suffixes = delivery.compression.map(compression => ` or with ${compressionSuffixes[compression]}`);
  return `expected ${delivery.name}${suffixes.join('')}, for example ${exampleName(delivery)}`;
}

const examples: Readonly<Record<string, string>> = {
  yyyyMMdd: '20260131',
  'yyyy-MM-dd': '2026-01-31',
  yyyyMM: '202601',
  yyyyMMddHHmmss: '20260131063000',
  digits: '1024',
};

/** A data file's name that follows the convention. */
export const exampleName = (delivery: Pick<FileDelivery, 'name'>): string =>
  namePartsOf(delivery.name)
    .map(part => (part.placeholder === undefined ? part.text : examples[part.placeholder]))
    .join('');
