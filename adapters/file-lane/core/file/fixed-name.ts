import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { needsSignatureBeside } from '../../contract/file-security.ts';
import { reasonToIgnore } from '../../contract/ignored-name.ts';
import type { DataName } from './data-name.ts';
import { type IgnoredName, signatureSuffixes } from './name.ts';

/** A detached signature of a file of corrected rows. */
export interface FixedSignature {
  readonly kind: 'signature';
  readonly data: DataName;
}

/** What an object under `<folder>/fixed/` is. Any name will do, as long as it says that it is CSV, and encrypted where that is agreed. */
export function matchFixedName(
  { security }: Pick<FileLane['delivery'], 'security'>,
  name: string,
): DataName | FixedSignature | IgnoredName | Fault {
  if (name === '' || name.endsWith('/')) return { kind: 'ignored', reason: 'it marks a folder' };
  const reason = reasonToIgnore(name);
  if (reason !== undefined) return { kind: 'ignored', reason };
  const suffix = needsSignatureBeside(security)
    ? signatureSuffixes.find(known => name.endsWith(known))
    : undefined;
  const data = dataName(security, suffix ? name.slice(0, -suffix.length) : name);
  return !isFault(data) && suffix ? { kind: 'signature', data } : data;
}

function dataName({ encryption }: FileLane['delivery']['security'], name: string): DataName | Fault {
  const [, inner] = (encryption ? /^(.+\.csv)\.(?:pgp|gpg)$/i : /^(.+\.csv)$/i).exec(name) ?? [];
  if (inner !== undefined)
    return { kind: 'data', name, dataName: inner, period: undefined, compression: 'none' };
  return fault(
    'NAME_OUTSIDE_CONVENTION',
    {},
    `under fixed/, files of corrected rows are expected, whose names end in .csv${encryption ? '.pgp' : ''}`,
    'Drop the corrected `.rejected.csv` here, uncompressed. Send all other files under `in/`.',
  );
}
