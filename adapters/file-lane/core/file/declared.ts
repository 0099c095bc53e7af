import { type Fault, fault } from '#shared/contract/fault.ts';

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
  const differing = (['sha256', 'bytes', 'records'] as const).filter(
    name => declared[name] !== undefined && written(declared[name]) !== written(found[name]),
  );
  if (differing.length === 0) return undefined;
  const code = differing.includes('sha256') ? 'CHECKSUM_MISMATCH' : 'MANIFEST_MISMATCH';
  const details = differing.map(name => `declared ${name} ${declared[name]}, found ${found[name]}`);
  return fault(code, {}, details.join('; '));
}

const written = (value: string | number): string => String(value).toLowerCase();
