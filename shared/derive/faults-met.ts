import { type FaultCode, faultKinds } from '../contract/fault.ts';

/** A fault code with its class, scope, meaning and remedy. */
export type KnownFault = (typeof faultKinds)[FaultCode] & { readonly code: FaultCode };

/** Codes that only some contracts of a kind can have. All other codes of the kind apply to every contract. */
export type FaultConditions<C> = Readonly<Partial<Record<FaultCode, (contract: C) => boolean>>>;

/** The faults that a contract can have, in the order of `faultKinds`. */
export const faultsMet = <C extends { readonly kind: KnownFault['kinds'][number] }>(
  contract: C,
  conditions: FaultConditions<C>,
): readonly KnownFault[] =>
  (Object.keys(faultKinds) as FaultCode[])
    .filter(code => (faultKinds[code].kinds as readonly string[]).includes(contract.kind))
    .filter(code => conditions[code]?.(contract) ?? true)
    .map(code => ({ ...faultKinds[code], code }));
