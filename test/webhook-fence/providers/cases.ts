import { handshakeCases } from './handshake-cases.ts';
import { hmacCases } from './hmac-cases.ts';
import { jwtCases } from './jwt-cases.ts';
import { keyCases } from './key-cases.ts';
import { plainCases } from './plain-cases.ts';
import type { ProviderCase } from './provider-case.ts';

/** Every provider that is held against its own words here. The providers that have a name are in `core/signature`. */
export const cases: readonly ProviderCase[] = [
  ...hmacCases,
  ...plainCases,
  ...handshakeCases,
  ...keyCases,
  ...jwtCases,
];
