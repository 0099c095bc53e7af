import { type Fault, fault } from '#shared/contract/fault.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { excerpt } from './excerpt.ts';
import { firstDifference, isPeriod, isRealPeriod, namePartsOf, partPattern } from './name-pattern.ts';

export type Compression = 'none' | 'gzip' | 'zip';

type FileDelivery = FileLane['delivery'];

/** A data file whose name follows its lane's convention. */
export interface DataName {
  readonly kind: 'data';
  /** The name as dropped, under `<folder>/in/`. */
  readonly name: string;
  /** The name without the suffixes of its encryption and compression. */
  readonly dataName: string;
  /** The period's digits as written. */
  readonly period?: string | undefined;
  readonly compression: Compression;
}

const compressionSuffixes = { gzip: '.gz', zip: '.zip' } as const;
const encryptionSuffixes = ['.pgp', '.gpg'] as const;

/** Reads a name as a data file's, whatever begins the lane's work. */
export function matchDataName(delivery: FileDelivery, name: string): DataName | Fault {
  const inner = withoutEncryption(delivery, name);
  if (inner === undefined) return notEncrypted(delivery);
  const parts = namePartsOf(delivery.name);
  const pattern = new RegExp(`^${parts.map(part => `(${partPattern(part)})`).join('')}$`);
  for (const { compression, suffix } of formsOf(delivery)) {
    if (!inner.endsWith(suffix)) continue;
    const dataName = inner.slice(0, inner.length - suffix.length);
    const found = pattern.exec(dataName.normalize('NFC'));
    if (!found) continue;
    const part = parts.find(isPeriod);
    if (!part) return { kind: 'data', name, dataName, period: undefined, compression };
    const period = itemAt(found, parts.indexOf(part) + 1, 'part');
    if (!isRealPeriod(period, part.placeholder)) return unrealPeriod(delivery, period, part.text);
    return { kind: 'data', name, dataName, period, compression };
  }
  return outsideConvention(delivery, inner);
}

/** A file is compressed before it is encrypted. Undefined when it should be encrypted and its name does not say so. */
function withoutEncryption({ security }: FileDelivery, name: string): string | undefined {
  if (!security.encryption) return name;
  const suffix = encryptionSuffixes.find(known => name.endsWith(known));
  return suffix && name.slice(0, -suffix.length);
}

const notEncrypted = (delivery: FileDelivery): Fault =>
  fault(
    'NAME_OUTSIDE_CONVENTION',
    {},
    `${expectation(delivery)}; it does not end in ${encryptionSuffixes.join(' or ')}`,
  );

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
  const encrypted = delivery.security.encryption ? encryptionSuffixes[0] : '';
  const suffixes = delivery.compression.map(
    compression => ` or with ${compressionSuffixes[compression]}${encrypted}`,
  );
  return `expected ${delivery.name}${encrypted}${suffixes.join('')}, for example ${exampleName(delivery)}${encrypted}`;
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
