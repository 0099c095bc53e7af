import type { Kind } from '#shared/contract/kind.ts';
import type { Integration } from '../integration.ts';

/** US dollars for a million units with traffic, at list prices: docs/costs.md says of what. */
const million: Readonly<Record<Kind, number>> = {
  'file-lane': 1.23,
  'webhook-fence': 9.45,
  'cdc-feed': 1.25,
};

const millionWithRowClaims = 1.86;

/** What a thousand rows, requests or changes of an integration cost, in US dollars. */
export const costOfThousand = (contract: Integration): number =>
  (contract.kind === 'file-lane' && contract.duplicates === 'row'
    ? millionWithRowClaims
    : million[contract.kind]) / 1000;
