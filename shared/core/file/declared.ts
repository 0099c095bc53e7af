import { type Fault, fault } from '../../contract/fault.ts';

/** What can be said of a file before its rows are read. */
export interface Measured {
  /** Of the object as dropped. */
  readonly bytes: number;
  /** Of the object as dropped, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly records: number;
}

/** Holds what a sidecar, manifest or trailer declares against what was found. */
export function checkDeclared(
  declared: { readonly [K in keyof Measured]?: Measured[K] | undefined },
  found: Measured,
): Fault | undefined {
  const differing = (['bytes', 'records'] as const)
    .filter(name => declared[name] !== undefined && declared[name] !== found[name])
    .map(name => `declared ${declared[name]} ${name}, found ${found[name]}`);
  if (declared.sha256 !== undefined && declared.sha256.toLowerCase() !== found.sha256.toLowerCase())
    differing.unshift(`declared SHA-256 ${declared.sha256.toLowerCase()}, found ${found.sha256}`);
  if (differing.length === 0) return undefined;
  const code = differing[0]!.startsWith('declared SHA-256') ? 'CHECKSUM_MISMATCH' : 'MANIFEST_MISMATCH';
  return fault(code, {}, differing.join('; '));
}
